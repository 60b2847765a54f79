import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Schemas } from '@opora/client';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aRow, aTicket, ticketAnswers } from '@/testing/tickets';
import { slaSlots } from './sla-slots';
import type { ClockDetail, ClockView } from './sla.types';

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 30_000).toISOString();
const clock = (facts: Partial<ClockView> = {}): ClockView => ({
  metric: 'resolution',
  state: 'running',
  dueAt: inMinutes(72),
  warnAt: inMinutes(54),
  pausedSince: null,
  pauseReason: null,
  remainingSeconds: null,
  manualDueAt: null,
  stoppedAt: null,
  ...facts,
});
const promised = (resolution: ClockView | null, reaction: ClockView | null = null): Schemas['SlaRowView'] => ({
  reaction,
  resolution,
  policy: { id: 'p1', name: 'Общие' },
  isBreached: false,
  next: null,
});
const SIDE = 'О заявке';
const COUNT = 'GET /tickets/count';
const rowOf = async (number: number) =>
  (await screen.findByText(`Заявка номер ${number}`)).closest('[role="row"]') as HTMLElement;

beforeEach(() =>
  signedIn({ permissions: ['tickets.read', 'sla.read', 'sla.excuse', 'sla.set_deadline', 'sla.manage'] }),
);

it('SLA-04: both clocks of a row tell the time, the warning, the delay and why they stand, in words too', async () => {
  const standing = clock({ state: 'paused', dueAt: null, remainingSeconds: 4350, pauseReason: 'Ожидаем клиента' });
  mockNetwork({
    ...ticketAnswers([
      aRow(1, { sla: promised(clock(), clock({ metric: 'reaction', state: 'met', stoppedAt: inMinutes(-5) })) }),
      aRow(2, { sla: promised(clock({ warnAt: inMinutes(-1) })) }),
      aRow(3, { sla: promised(clock({ state: 'breached', dueAt: inMinutes(-15) })) }),
      aRow(4, { sla: promised(standing) }),
    ]),
    [COUNT]: { count: 0 },
  });
  openAgent('/tickets?view=v-open', slaSlots);
  const first = await rowOf(1);
  expect(within(first).getByRole('img', { name: /^Решение: осталось 1 ч 12 м, срок/ }).textContent).toBe('1 ч 12 м');
  expect(within(first).getByRole('img', { name: /^Реакция: выполнено в срок/ }).textContent).toBe('в срок');
  expect(within(await rowOf(2)).getByText('1 ч 12 м').parentElement?.dataset.tone).toBe('soon');
  expect(within(await rowOf(3)).getByRole('img', { name: /просрочено, −14 м/ }).textContent).toBe('−14 м');
  const fourth = within(await rowOf(4));
  expect(fourth.getByText('1 ч 12 м').parentElement?.dataset.tone).toBe('paused');
  expect(fourth.getByText('Ожидаем клиента')).toBeTruthy();
});

it('T-27: a date set by hand ticks in the row where no rule promises anything, until the work is done', async () => {
  const done = { id: 's', code: 'done', name: 'Выполнено', color: 'green', category: 'done' } as const;
  mockNetwork({
    ...ticketAnswers([aRow(1, { deadlineAt: inMinutes(130) }), aRow(2, { deadlineAt: inMinutes(130), status: done })]),
    [COUNT]: { count: 0 },
  });
  openAgent('/tickets?view=v-open', slaSlots);
  expect(within(await rowOf(1)).getByText('2 ч 10 м')).toBeTruthy();
  expect(within(await rowOf(2)).queryByText('2 ч 10 м')).toBeNull();
});

it('T-10: tickets that nobody took in time stand in a red line above the queue and open as a list', async () => {
  const network = mockNetwork({ ...ticketAnswers([aRow(1)]), [COUNT]: { count: 22 } });
  const { address } = openAgent('/tickets?view=v-open', slaSlots);
  await userEvent.click(await screen.findByText('22 заявки никем не взяты вовремя'));
  await waitFor(() => expect(address()).toBe('/tickets?q=sla%3Aunowned'));
  expect(network.calls.find(({ route }) => route === COUNT)?.query.get('q')).toBe('sla:unowned');
  await waitFor(() => expect(screen.queryByText('22 заявки никем не взяты вовремя')).toBeNull());
});

const detail = (facts: Partial<ClockDetail> = {}): ClockDetail => ({
  ...clock(),
  id: 'k1',
  cycle: 1,
  startAt: inMinutes(-60),
  breachedAt: null,
  targetSeconds: 28_800,
  elapsedSeconds: 3600,
  calendarSeconds: 3600,
  pausedSeconds: 0,
  policy: { id: 'p1', name: 'Критичные' },
  moments: [],
  excuse: null,
  ...facts,
});
const sla: Schemas['TicketSlaView'] = {
  policy: { id: 'p1', name: 'Критичные' },
  candidates: [
    { id: 'p0', name: 'Банк «Опорный»', matched: false, because: ['Клиент — не Банк «Опорный»'] },
    { id: 'p1', name: 'Критичные', matched: true, because: ['Приоритет — Критический'] },
  ],
  clocks: [
    detail(),
    detail({ id: 'k2', metric: 'reaction', state: 'breached', dueAt: inMinutes(-15), breachedAt: inMinutes(-15) }),
  ],
  owners: [
    { owner: 'queue', id: 't1', name: 'Первая линия', seconds: 900, workingSeconds: 900 },
    { owner: 'person', id: 'e1', name: 'Иванов', seconds: 2700, workingSeconds: 2700 },
  ],
  totalSeconds: 3600,
  statuses: [
    { status: { id: 's1', name: 'Новая', color: 'blue', category: 'new' }, seconds: 3600, workingSeconds: 1800 },
  ],
  manual: null,
};
const explanation = {
  ...{
    metric: 'resolution',
    cycle: 1,
    state: 'running',
    startAt: '2026-11-20T09:00:00Z',
    dueAt: '2026-11-20T14:37:00Z',
  },
  ...{ stoppedAt: null, targetSeconds: 16_620, totalSeconds: 20_220, countedSeconds: 16_620 },
  segments: [
    ['2026-11-20T09:00:00Z', '2026-11-20T13:00:00Z', 'working', 'Рабочее время', 14_400, 14_400, 2220],
    ['2026-11-20T13:00:00Z', '2026-11-20T14:00:00Z', 'closed', 'Перерыв', 3600, 0, 2220],
    ['2026-11-20T14:00:00Z', '2026-11-20T14:37:00Z', 'working', 'Рабочее время', 2220, 2220, 0],
  ].map(([from, to, kind, label, seconds, countedSeconds, remainingSeconds]) => ({
    ...{ from, to, kind, label, seconds, countedSeconds, remainingSeconds },
    ...{ reason: null, isObject: false },
  })),
};
const answers = {
  ...ticketAnswers([aRow(7)], aTicket({ sla: promised(clock()) })),
  [COUNT]: { count: 0 },
  'GET /tickets/7/sla': sla,
  'GET /tickets/7/sla/explanation': explanation,
};
async function openDeadlines() {
  openAgent('/tickets/7?pane=full', slaSlots);
  await userEvent.click(await screen.findByRole('button', { name: SIDE }));
  const panel = within(await screen.findByRole('dialog'));
  await userEvent.click(panel.getByRole('tab', { name: 'Сроки' }));
  return panel;
}

/** The dialog that was opened last stands over the panel. */
const topDialog = () =>
  waitFor(() => {
    const [, dialog] = screen.getAllByRole('dialog');
    if (!dialog) throw new Error('no second dialog');
    return dialog;
  });

it('SLA-01, SLA-09, SLA-13: the ticket shows its rule and why not the others, whose time it was, the statuses', async () => {
  mockNetwork(answers);
  const panel = await openDeadlines();
  expect(await panel.findByText('Приоритет — Критический')).toBeTruthy();
  expect(panel.queryByText('Клиент — не Банк «Опорный»')).toBeNull();
  await userEvent.click(panel.getByRole('button', { name: /Почему не друг/ }));
  expect(panel.getByText('Клиент — не Банк «Опорный»')).toBeTruthy();
  const owners = within(panel.getByRole('region', { name: 'Чьё это время' }));
  expect(owners.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Иванов75 %45 м',
    'Первая линия25 %15 м',
    'Всего1 ч',
  ]);
  expect(panel.getByRole('row', { name: 'Новая 1 ч 30 м' })).toBeTruthy();
});

it('SLA-08: «Почему срок» opens the stretches and their sums', async () => {
  mockNetwork(answers);
  await openDeadlines();
  await userEvent.click((await screen.findAllByRole('button', { name: /^Почему срок/ }))[0] as HTMLElement);
  const dialog = within(await topDialog());
  const day = new Date('2026-11-20T14:37:00Z').getDate();
  expect(await dialog.findByText(new RegExp(`^Почему срок ${day} нояб\\.`))).toBeTruthy();
  expect(await dialog.findByText('Перерыв')).toBeTruthy();
  const sums = dialog.getByRole('rowheader', { name: 'Всего' }).closest('tr');
  expect(sums?.textContent).toBe('Всего5 ч 37 м4 ч 37 м');
  expect(dialog.queryByText(/не складываются/)).toBeNull();
});

it('T-27: a deadline by hand goes with its reason, and the refusal stands at its field', async () => {
  const network = mockNetwork({
    ...answers,
    'PUT /tickets/7/sla/deadline': new Refusal(422, {
      code: 'request.invalid',
      detail: 'нет',
      errors: [{ pointer: '/dueAt', code: 'sla.deadlinePast', message: 'Срок уже прошёл' }],
    }),
  });
  const panel = await openDeadlines();
  await userEvent.click(await panel.findByRole('button', { name: 'Назначить срок вручную' }));
  const dialog = within(await topDialog());
  await userEvent.type(dialog.getByLabelText(/Причина/), 'Договорились с клиентом');
  await userEvent.click(dialog.getByRole('button', { name: 'Сохранить' }));
  expect(await dialog.findByText('Срок уже прошёл')).toBeTruthy();
  expect(network.sent('PUT /tickets/7/sla/deadline')).toEqual([
    { dueAt: expect.stringMatching(/Z$/), reason: 'Договорились с клиентом' },
  ]);
});

it('SLA-12: an excuse is asked for at an overdue clock only, and not without evidence', async () => {
  const reason = { id: 'r1', name: { ru: 'Клиент не пустил', en: 'No access' }, archivedAt: null };
  mockNetwork({ ...answers, 'GET /sla/excuse-reasons': { data: [reason] } });
  const panel = await openDeadlines();
  const asks = await panel.findAllByRole('button', { name: /Не считать нарушением/ });
  expect(asks).toHaveLength(1);
  await userEvent.click(asks[0] as HTMLElement);
  const dialog = within(await topDialog());
  await userEvent.click(dialog.getByRole('combobox', { name: /Причина/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'Клиент не пустил', hidden: true }));
  expect(dialog.getByRole('button', { name: 'Отправить на решение' }).hasAttribute('disabled')).toBe(true);
});

it('SLA-11: a figure of the report opens exactly its tickets', async () => {
  const row = { key: 'e1', name: 'Иванов', met: 17, breached: 3, excused: 1, total: 21, share: 0.85 };
  const network = mockNetwork({
    ...ticketAnswers([]),
    'GET /sla/report': { data: [row], total: { ...row, key: null, name: '' } },
    'GET /sla/report/tickets': {
      data: [
        {
          ...{ ticket: { id: 'id-5', number: 5, subject: 'Нет связи' }, metric: 'resolution', cycle: 1 },
          ...{ outcome: 'breached', company: null, assignee: null, decidedAt: inMinutes(0), targetSeconds: 60 },
          ...{ dueAt: null, stoppedAt: null, elapsedSeconds: null },
        },
      ],
      page: { next: null, limit: 50 },
    },
  });
  const { address } = openAgent('/sla/report?by=employee&from=2026-11-01&to=2026-11-30');
  expect(await screen.findAllByText('85 %')).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'Иванов: Нарушено — 3' }));
  expect(await screen.findByRole('link', { name: 'Нет связи' })).toBeTruthy();
  expect(address()).toBe('/sla/report?by=employee&from=2026-11-01&to=2026-11-30&open=1&key=e1&outcome=breached');
  const asked = network.calls.find(({ route }) => route === 'GET /sla/report/tickets')?.query;
  expect(Object.fromEntries(asked ?? [])).toEqual({
    ...{ from: '2026-11-01', to: '2026-11-30', by: 'employee', metric: 'resolution', key: 'e1', outcome: 'breached' },
  });
});
