import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { addDays, dayKey } from './calendar-days';

const tomorrow = addDays(new Date(), 1);
tomorrow.setHours(9, 0, 0, 0);
const GROUP = {
  planned: { id: 'p1', name: 'Обход' },
  at: tomorrow.toISOString(),
  timeZone: 'Europe/Moscow',
  occurrenceId: 'o1',
  total: 3,
  countPlanned: 3,
  countCreated: 0,
  countOverdue: 0,
  countDone: 0,
  countSkipped: 0,
  countFailed: 0,
  state: 'planned',
  object: null,
  ticket: null,
  shiftedFrom: null,
};
const DATE = {
  date: '2026-03-02T09:00:00',
  at: '2026-03-02T06:00:00.000Z',
  createAt: '2026-03-02T06:00:00.000Z',
  shiftedFrom: '2026-03-01T09:00:00',
  reason: 'day_off',
  why: 'перенесено с 1 марта',
  merged: [],
};
const page = (data: object[]) => ({ data, page: { next: null, limit: 200 } });

function open(path: string, more: Record<string, Answer> = {}, rights = ['planning.read', 'planning.manage']) {
  signedIn({ permissions: ['tickets.read', ...rights] });
  const network = mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /ticket-types': { data: [] },
    'GET /priorities': { data: [] },
    'GET /sla/calendars': { data: [{ id: 'c1', name: 'Пятидневка' }] },
    'GET /checklist-templates': page([]),
    'GET /company-categories': { data: [] },
    'GET /custom-fields': { data: [] },
    'GET /tickets': page([]),
    'GET /planned-occurrences/calendar': page([GROUP]),
    'POST /planned-tickets/preview': { timeZone: 'Europe/Moscow', dates: [DATE], left: [], problems: [] },
    'POST /planned-tickets/check': {
      objects: { count: 0, sample: [] },
      changes: { added: 4, removed: 0, kept: 0, made: 0, until: null },
    },
    ...more,
  });
  openAgent(path);
  return network;
}

describe('planned tickets', () => {
  it('T-17: a preset becomes a rule, its dates are shown, a refusal lands on its field', async () => {
    const network = open('/planning/plans/new', {
      'POST /planned-tickets': new Refusal(422, {
        code: 'request.invalid',
        errors: [{ pointer: '/ticket/subject', code: 'validation.isLength', message: 'Напишите тему' }],
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Раз в квартал' }));
    await screen.findByText('каждые 3 месяца, 1-го числа, в 09:00');
    await screen.findByText('перенесено с 1 марта');
    await screen.findByText('На два месяца вперёд: 4 заявки');
    await waitFor(() =>
      expect(network.sent('POST /planned-tickets/preview')).toContainEqual(
        expect.objectContaining({
          rule: expect.objectContaining({ rrule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1' }),
          count: 10,
        }),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Напишите тему');
    expect(network.sent('POST /planned-tickets')).toMatchObject([{ objects: { mode: 'none' }, fanOut: 'one_each' }]);
  });

  it('T-17: a date is sent to the next day with the keyboard, all objects of it, with a reason', async () => {
    const network = open(`/planning/calendar?day=${dayKey(tomorrow)}`, {
      'POST /planned-occurrences/o1/move': { count: 3 },
    });
    const chip = await screen.findByRole('button', { name: '09:00 Обход × 3, запланирована' });
    chip.focus();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    const dialog = await screen.findByRole('dialog', { name: 'Перенести' });
    await userEvent.type(within(dialog).getByLabelText(/Почему/), 'Переучёт');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Перенести' }));
    await waitFor(() =>
      expect(network.sent('POST /planned-occurrences/o1/move')).toEqual([
        { reason: 'Переучёт', withGroup: true, to: addDays(tomorrow, 1).toISOString() },
      ]),
    );
  });

  it('T-17: whoever only reads moves nothing', async () => {
    open(`/planning/calendar?day=${dayKey(tomorrow)}`, {}, ['planning.read']);
    const chip = await screen.findByRole('button', { name: /Обход × 3/ });
    expect(chip.getAttribute('aria-keyshortcuts')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Новый план' })).toBeNull();
  });
});
