import type { NotificationDefault, NotificationSetting } from './notification.entity';
import { type Candidate, recipientsOf, settingsOf, wishesOf } from './notification-rules';

describe('R-08: who is told', () => {
  const both: Candidate[] = [
    { employeeId: 'anna', reason: 'observer' },
    { employeeId: 'anna', reason: 'assignee' },
    { employeeId: 'boris', reason: 'team' },
  ];
  it.each<[string, Candidate[], (string | null)[], string[]]>([
    ['a person with two reasons once, for the nearer one', both, [null], ['anna assignee', 'boris team']],
    ['never the one who did it', both, ['anna'], ['boris team']],
    ['nor the one whose deed began the chain', both, ['rule', 'boris'], ['anna assignee']],
    ['nobody when only the doer is concerned', [{ employeeId: 'anna', reason: 'assignee' }], ['anna'], []],
    [
      'a substitute who observes anyway hears as observer',
      [
        { employeeId: 'anna', reason: 'substitute', absentName: 'Иванов' },
        { employeeId: 'anna', reason: 'observer' },
      ],
      [],
      ['anna observer'],
    ],
  ])('%s', (_, candidates, doers, expected) =>
    expect(recipientsOf(candidates, doers).map((r) => `${r.employeeId} ${r.reason}`)).toEqual(expected),
  );
});

describe('R-08: what a person wants', () => {
  const decided: NotificationDefault[] = [
    { kind: 'status_changed', app: 'off', mail: 'digest', appLocked: false, mailLocked: false },
    { kind: 'sla_breached', app: 'now', mail: 'now', appLocked: true, mailLocked: true },
    { kind: 'approval_asked', app: 'now', mail: 'off', appLocked: false, mailLocked: false },
  ];
  const off = { app: 'off', mail: 'off' } as const;
  it.each([
    ['the shipped default', 'ticket_assigned', undefined, 'now now'],
    ['the organisation’s default', 'status_changed', undefined, 'off digest'],
    ['his own wish over it', 'status_changed', { app: 'now', mail: 'now' }, 'now now'],
    ['but not over what is fixed', 'sla_breached', off, 'now now'],
    ['a mail with a link to decide is never off', 'approval_asked', off, 'off now'],
  ] as const)('%s', (_, kind, wish, expected) => {
    const { app, mail } = wishesOf(kind, decided, wish);
    expect(`${app} ${mail}`).toBe(expected);
  });

  it('R-08: shows every kind, the wishes over the defaults', () => {
    const wish: NotificationSetting = { employeeId: 'anna', kind: 'client_replied', app: 'off', mail: 'digest' };
    const settings = settingsOf([wish]);
    expect(settings).toHaveLength(18);
    expect(settings.find(({ kind }) => kind === 'client_replied')).toMatchObject({ app: 'off', mail: 'digest' });
    expect(settings.find(({ kind }) => kind === 'ticket_assigned')).toMatchObject({ app: 'now', mail: 'now' });
  });
});
