import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import type { Entry } from './worklogs.queries';

const entry = (id: string, facts: Partial<Entry> = {}): Entry => ({
  id,
  ticket: { id: 'id-7', number: 7, subject: 'Не печатает принтер' },
  employee: { id: 'me', name: 'Алексей Иванов' },
  workedOn: '2026-11-20',
  startedAt: null,
  endedAt: null,
  seconds: 9000,
  spent: '2 ч. 30 мин.',
  comment: 'Замена блока питания',
  source: 'hand',
  createdBy: { id: 'me', name: 'Алексей Иванов' },
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  version: 3,
  can: { edit: true },
  warnings: [],
  ...facts,
});
const totals = { seconds: 10_800, entries: 2, people: [], days: [] };

function open(more: Record<string, Answer> = {}, permissions = ['tickets.read', 'billing.log_time', 'billing.read']) {
  signedIn({ permissions });
  const network = mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /me/timer': { timer: null, logged: null },
    'GET /time-entries': {
      data: [entry('a'), entry('b', { seconds: 1800, can: { edit: false } })],
      page: { next: null, limit: 100 },
    },
    'GET /time-entries/totals': totals,
    ...more,
  });
  openAgent('/worklogs');
  return network;
}

describe('«Трудозатраты»', () => {
  it('B-01: own entries of the week with their sum; a click changes one, under its version', async () => {
    const network = open({ 'PATCH /time-entries/a': entry('a', { seconds: 5400, spent: '1 ч. 30 мин.' }) });
    await screen.findByText('2 ч 30 мин');
    expect(screen.getByText('3 ч')).toBeTruthy();
    const asked = network.calls.find(({ route }) => route === 'GET /time-entries');
    expect(asked?.query.get('employeeId')).toBe('me');
    expect(asked?.query.get('from')).toMatch(/^\d{4}-\d\d-\d\d$/);
    await userEvent.click(screen.getByText('2 ч 30 мин'));
    const field = await screen.findByLabelText(/Сколько/);
    await userEvent.clear(field);
    await userEvent.type(field, '1:30');
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(network.sent('PATCH /time-entries/a')).toMatchObject([{ spent: '1:30', workedOn: '2026-11-20' }]),
    );
    const patch = network.calls.find(({ route }) => route === 'PATCH /time-entries/a');
    expect(patch?.headers.get('if-match')).toBe('"3"');
  });

  it('B-01: a refusal stands at its field', async () => {
    const message = 'Непонятно, часы это или минуты';
    open({
      'PATCH /time-entries/a': new Refusal(422, {
        code: 'request.invalid',
        errors: [{ pointer: '/spent', code: 'x', message }],
      }),
    });
    await userEvent.click(await screen.findByText('2 ч 30 мин'));
    await userEvent.click(await screen.findByRole('button', { name: 'Сохранить' }));
    expect(await screen.findByText(message)).toBeTruthy();
  });

  it('B-01: whoever reads only his own time is not offered others’', async () => {
    open({}, ['tickets.read', 'billing.log_time']);
    await screen.findByText('2 ч 30 мин');
    expect(screen.queryByText('Всех')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Правила учёта' })).toBeNull();
  });

  it('B-01: the running timer is on every screen and ends with an entry', async () => {
    const timer = {
      ticket: { id: 'id-7', number: 7, subject: 'Не печатает' },
      startedAt: '2026-11-20T09:00:00Z',
      isRunning: true,
      seconds: 3725,
    };
    const network = open({ 'GET /me/timer': { timer, logged: null }, 'POST /me/timer/stop': entry('t') });
    const clock = await screen.findByRole('timer');
    expect(clock.textContent).toMatch(/^1:02:0/);
    await userEvent.click(screen.getByRole('button', { name: 'Остановить таймер и записать' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Что сделано'), 'Настройка');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Записать' }));
    await waitFor(() => expect(network.sent('POST /me/timer/stop')).toEqual([{ comment: 'Настройка' }]));
    await waitFor(() => expect(screen.queryByRole('timer')).toBeNull());
  });
});
