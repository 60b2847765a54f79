import { type Candidate, recipientsOf, settingsOf, type Wish } from './notification-rules';

const wish = (employeeId: string, app: boolean, mail: boolean): Wish => ({
  employeeId,
  kind: 'client_replied',
  app,
  mail,
});

describe('R-08: who is told of a client reply', () => {
  const both: Candidate[] = [
    { employeeId: 'anna', reason: 'observer' },
    { employeeId: 'anna', reason: 'assignee' },
    { employeeId: 'boris', reason: 'team' },
  ];
  it.each<[string, Candidate[], string | null, Wish[], string[]]>([
    [
      'a person with two reasons once, for the nearer one',
      both,
      null,
      [],
      ['anna assignee app,mail', 'boris team app,mail'],
    ],
    ['never the one who did it', both, 'anna', [], ['boris team app,mail']],
    ['nobody when only the doer is concerned', [{ employeeId: 'anna', reason: 'assignee' }], 'anna', [], []],
    [
      'in the wanted channels only',
      both,
      null,
      [wish('anna', true, false)],
      ['anna assignee app', 'boris team app,mail'],
    ],
    ['not at all who wants nothing', both, null, [wish('boris', false, false)], ['anna assignee app,mail']],
    [
      'a wish about another kind does not count',
      both,
      'anna',
      [{ ...wish('boris', false, false), kind: 'ticket_rated' }],
      ['boris team app,mail'],
    ],
  ])('%s', (_, candidates, doer, wishes, expected) =>
    expect(
      recipientsOf('client_replied', candidates, doer, wishes).map(
        (r) => `${r.employeeId} ${r.reason} ${r.channels.join(',')}`,
      ),
    ).toEqual(expected),
  );

  it('R-08: shows every kind, the wishes over the defaults', () => {
    const settings = settingsOf([wish('anna', false, false)]);
    expect(settings).toHaveLength(9);
    expect(settings.find(({ kind }) => kind === 'client_replied')).toEqual({
      kind: 'client_replied',
      app: false,
      mail: false,
    });
    expect(settings.find(({ kind }) => kind === 'ticket_assigned')).toEqual({
      kind: 'ticket_assigned',
      app: true,
      mail: true,
    });
  });
});
