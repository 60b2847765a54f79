import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Call } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aRow, aTicket, ticketAnswers } from '@/testing/tickets';
import type { Board, BoardColumn, Calendar } from './board.queries';
import type { TicketRow } from './tickets.types';

const column = (
  id: string,
  name: string,
  category: BoardColumn['category'],
  data: TicketRow[],
  next: string | null = null,
): BoardColumn => ({
  ...{ id, name, category, data, next, color: 'blue', count: data.length + (next ? 1 : 0) },
});

/** A ticket whose only way leads to «В работе». */
const ticket = aTicket();
const way = ticket.transitions[0]!;
const row = aRow(7, { status: ticket.status });

const board = (rows: TicketRow[] = [row]): Board => ({
  by: 'status',
  total: 3,
  columns: [
    column(ticket.status.id, ticket.status.name, ticket.status.category, rows, 'next-page'),
    column(way.to.id, way.to.name, way.to.category, [aRow(9)]),
    column('nowhere', 'Закрыта', 'closed', []),
  ],
});

const answers = (more: Parameters<typeof mockNetwork>[0] = {}) => ({
  ...ticketAnswers([row]),
  'GET /tickets/board': board(),
  ...more,
});

beforeEach(() => signedIn());

const columnNamed = async (name: string) => within(await screen.findByRole('region', { name }));
const moveTo = async (name: string) => {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Переместить заявку 7 в…' }));
  await user.click(await screen.findByRole('menuitem', { name, hidden: true }));
  return user;
};

it('T-19: the layout stands in the address; columns have exact counts and give more cards on demand', async () => {
  const network = mockNetwork(
    answers({ 'GET /tickets/board/rows': { data: [aRow(8)], page: { next: null, limit: 50 } } }),
  );
  const user = userEvent.setup();
  const { address } = openAgent('/tickets?view=v-open');
  await user.click(await screen.findByRole('radio', { name: 'Доской по статусам' }));
  await waitFor(() => expect(address()).toBe('/tickets?view=v-open&layout=board'));
  const first = await columnNamed(ticket.status.name);
  expect(first.getByRole('heading').textContent).toContain('2');
  await user.click(first.getByRole('button', { name: 'Ещё 1' }));
  expect(await first.findByText('Заявка номер 8')).toBeTruthy();
  const asked = network.calls.find(({ route }) => route === 'GET /tickets/board/rows')!;
  expect(Object.fromEntries(asked.query)).toMatchObject({
    by: 'status',
    column: ticket.status.id,
    cursor: 'next-page',
  });
});

it('T-19: a card is moved from the keyboard along the transition that leads there', async () => {
  const moved = { ...ticket, status: way.to };
  const network = mockNetwork(answers({ 'POST /tickets/7/transition': moved }));
  openAgent('/tickets?view=v-open&layout=board');
  await moveTo(way.to.name);
  await waitFor(() =>
    expect(network.sent('POST /tickets/7/transition')).toEqual([
      { transitionId: way.id, ifStatusId: ticket.status.id },
    ]),
  );
});

it('T-19: what stands in the way is listed, and the card is back in its place', async () => {
  const unmet = [{ guard: 'worklog', message: 'Спишите время' }];
  mockNetwork(
    answers({
      'POST /tickets/7/transition': new Refusal(409, { code: 'tickets.transitionRefused', detail: 'Нельзя', unmet }),
    }),
  );
  openAgent('/tickets?view=v-open&layout=board');
  await moveTo(way.to.name);
  expect(await screen.findByText('Спишите время')).toBeTruthy();
  const first = within(screen.getByRole('region', { name: ticket.status.name, hidden: true }));
  expect(first.getByText('Заявка номер 7')).toBeTruthy();
});

it('T-19: a column no transition leads to is told, and nothing is sent', async () => {
  const network = mockNetwork(answers());
  openAgent('/tickets?view=v-open&layout=board');
  await moveTo('Закрыта');
  expect(await screen.findByText(/нет перехода в «Закрыта»/)).toBeTruthy();
  expect(network.sent('POST /tickets/7/transition')).toEqual([]);
});

it('T-19: a calendar shows days with what does not fit, and moves a deadline only with a reason', async () => {
  const at = new Date(2026, 10, 24, 14, 30).toISOString();
  const day = { day: '2026-11-24', count: 5, data: [aRow(7, { deadlineAt: at })] };
  const network = mockNetwork(
    answers({
      'GET /tickets/calendar': ({ query }: Call): Calendar => ({
        timeZone: query.get('timeZone') ?? '',
        days: [
          query.get('limit') === '200'
            ? { ...day, data: [7, 8, 9, 10, 11].map((n) => aRow(n, { deadlineAt: at })) }
            : day,
        ],
      }),
      'PUT /tickets/7/sla/deadline': {},
    }),
  );
  const user = userEvent.setup();
  openAgent('/tickets?view=v-open&layout=calendar&day=2026-11-22');
  const cell = within(await screen.findByRole('region', { name: /24 ноября/ }));
  expect(cell.getByText('14:30')).toBeTruthy();
  await user.click(cell.getByRole('button', { name: 'Перенести заявку 7' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: /Причина/ }), 'Клиент просил');
  await user.click(dialog.getByRole('button', { name: 'Сохранить' }));
  await waitFor(() =>
    expect(network.sent('PUT /tickets/7/sla/deadline')).toEqual([{ dueAt: at, reason: 'Клиент просил' }]),
  );
  await user.click(await cell.findByRole('button', { name: 'Ещё 4' }));
  expect(await screen.findByText('Заявка номер 11')).toBeTruthy();
  const asked = network.calls
    .filter(({ route }) => route === 'GET /tickets/calendar')
    .map(({ query }) => Object.fromEntries(query));
  expect(asked[0]).toMatchObject({ view: 'v-open', from: '2026-10-26', to: '2026-12-07', field: 'deadlineAt' });
});
