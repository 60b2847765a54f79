import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Answer, mockNetwork, Refusal } from '@/testing/network';
import { openAgent, pressKey, signedIn } from '@/testing/render';
import type { Board, BoardTicket, Suggestions } from './dispatch.types';

const at = (time: string): string => `2031-03-04T${time}:00.000Z`;
const ticket: BoardTicket = {
  id: 't1',
  number: 7,
  version: 1,
  subject: 'Весы врут',
  type: { id: 'y', name: 'Инцидент' },
  status: { id: 's', name: 'Новая', color: 'blue' },
  priority: { id: 'p', name: 'Обычный', color: 'gray' },
  company: { id: 'c', name: 'Ромашка' },
  object: null,
  team: null,
  place: null,
  zoneIds: ['z1'],
  skills: [],
  scheduledFor: null,
  plannedSeconds: null,
  dueAt: null,
  isOverdue: true,
  isDone: false,
  isAssignable: true,
};
const planned: BoardTicket = { ...ticket, id: 't2', number: 8, subject: 'Поверка', scheduledFor: at('10:00') };
const board: Board = {
  timeZone: 'UTC',
  days: [{ date: '2031-03-04', from: at('00:00'), to: '2031-03-05T00:00:00.000Z' }],
  visitSeconds: 3600,
  zones: [{ id: 'z1', name: 'Тула', color: '#112233' }],
  skills: [{ id: 'k1', name: 'Кассы' }],
  isCut: false,
  people: [
    {
      id: 'p1',
      name: 'Новиков Павел',
      skills: [{ skillId: 'k1', level: 3 }],
      zoneIds: ['z1'],
      hasBase: true,
      openCount: 4,
      overdueCount: 2,
      backlogSeconds: 3600,
      backlogCount: 2,
      unplannedCount: 1,
      load: [{ date: '2031-03-04', plannedSeconds: 9 * 3600, capacitySeconds: 8 * 3600 }],
      hours: [{ from: at('09:00'), to: at('18:00') }],
      absences: [{ from: at('15:00'), to: at('18:00') }],
      blocks: [
        { from: at('10:00'), to: at('11:00'), ticket: planned, travel: { minutes: 24, km: 15.6, isTight: false } },
        { from: at('12:00'), to: at('13:00'), ticket: null, travel: null },
      ],
    },
  ],
};
const suggestions: Suggestions = {
  at: at('09:00'),
  ticket,
  assigneeId: null,
  zones: board.zones,
  roadFactor: 1.4,
  speedKmh: 40,
  data: [
    {
      id: 'p1',
      name: 'Новиков Павел',
      isFit: true,
      travelMinutes: 24,
      distanceKm: 15.6,
      isFromVisit: false,
      servesZone: true,
      zones: [],
      skills: [],
      openCount: 4,
      overdueCount: 2,
      plannedSeconds: 0,
      capacitySeconds: 28800,
      absentUntil: null,
      reasons: [],
    },
    {
      id: 'p2',
      name: 'Зайцев Роман',
      isFit: false,
      travelMinutes: null,
      distanceKm: null,
      isFromVisit: false,
      servesZone: false,
      zones: [],
      skills: [],
      openCount: 1,
      overdueCount: 0,
      plannedSeconds: 0,
      capacitySeconds: 0,
      absentUntil: at('20:00'),
      reasons: [{ code: 'absent', message: 'Отсутствует до завтра' }],
    },
  ],
};

const network = (more: Record<string, Answer> = {}) =>
  mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /directory/teams': { data: [] },
    'GET /dispatch/board': board,
    'GET /dispatch/unassigned': { data: [ticket], page: { next: null, limit: 50 } },
    'GET /dispatch/suggestions': suggestions,
    ...more,
  });

describe('R-03: the board on the screen', () => {
  beforeEach(() => signedIn({ permissions: ['tickets.read', 'tickets.assign', 'dispatch.read'] }));

  it('shows load in figures, what is overdue, the way and the time somebody is away', async () => {
    network();
    openAgent('/dispatch');
    expect(await screen.findByText('Новиков Павел')).toBeTruthy();
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe('9 из 8 ч');
    expect(screen.getByText('просрочено 2')).toBeTruthy();
    expect(screen.getByText('нет на месте')).toBeTruthy();
    expect(screen.getByLabelText(/В пути около 24 м, 16 км/)).toBeTruthy();
    expect(screen.getByTitle('занят')).toBeTruthy();
    expect(screen.getByRole('button', { name: /10:00–11:00, Новиков Павел: № 8 Поверка/ })).toBeTruthy();
  });

  it('by keys: J to a ticket, A for who should go; the answer tells who was quicker and everything is as before', async () => {
    const { sent } = network({
      'POST /dispatch/assignments': new Refusal(409, { code: 'dispatch.taken', detail: 'Заявку уже взял Иванов' }),
    });
    openAgent('/dispatch');
    await screen.findByText('Весы врут');
    pressKey('KeyJ');
    pressKey('KeyA');
    const sheet = await screen.findByRole('dialog');
    const first = await within(sheet).findByRole('button', { name: /Новиков Павел/ });
    expect(first.textContent).toContain('≈ 24 м · 15,6 км');
    expect(within(sheet).getByText('Отсутствует до завтра')).toBeTruthy();
    await userEvent.click(first);
    expect(sent('POST /dispatch/assignments')).toEqual([
      { ticketId: 't1', assigneeId: 'p1', seen: { assigneeId: null, scheduledFor: null } },
    ]);
    expect(await screen.findByText('Заявку уже взял Иванов')).toBeTruthy();
    expect(await screen.findByText('Весы врут')).toBeTruthy();
  });

  it('hands over and takes it back by the toast', async () => {
    const { sent } = network({
      'POST /dispatch/assignments': {
        id: 't2',
        number: 8,
        version: 2,
        assignee: { id: 'p1', name: 'Новиков Павел' },
        scheduledFor: null,
        plannedSeconds: null,
      },
      'GET /dispatch/suggestions': { ...suggestions, ticket: planned, assigneeId: 'p1' },
    });
    openAgent('/dispatch');
    await userEvent.click(await screen.findByRole('button', { name: /№ 8 Поверка/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Вернуть в очередь' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Отменить' }));
    await waitFor(() => expect(sent('POST /dispatch/assignments')).toHaveLength(2));
    expect(sent('POST /dispatch/assignments')).toMatchObject([
      { assigneeId: null, scheduledFor: null, seen: { assigneeId: 'p1', scheduledFor: at('10:00') } },
      { assigneeId: 'p1', scheduledFor: at('10:00'), seen: { assigneeId: null, scheduledFor: null } },
    ]);
  });
});

describe('R-04: zones on the screen', () => {
  beforeEach(() => signedIn({ permissions: ['tickets.read', 'dispatch.read', 'dispatch.manage'] }));

  it('a border is pasted, a corner moved by keys, and saved with its districts', async () => {
    const { sent } = network({
      'GET /zones': { data: [] },
      'GET /zones/map': { objects: [], engineers: [], isCut: false },
      'POST /zones': { id: 'z9' },
    });
    openAgent('/dispatch/zones/new');
    await userEvent.type(await screen.findByRole('textbox', { name: /Название/ }), 'Тула');
    const corners = screen.getByRole('textbox', { name: 'Углы: долгота, широта' });
    await userEvent.click(corners);
    await userEvent.paste('Тула');
    expect(await screen.findByText('Не похоже на координаты или GeoJSON')).toBeTruthy();
    await userEvent.clear(corners);
    await userEvent.paste('[[37,54],[38,54],[38,55],[37,54]]');
    const corner = await screen.findByRole('button', { name: /Угол 3/ });
    corner.focus();
    await userEvent.keyboard('{ArrowRight}');
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() => expect(sent('POST /zones')).toHaveLength(1));
    const [body] = sent('POST /zones') as { name: string; polygon: number[][] }[];
    expect(body).toMatchObject({ name: 'Тула', districts: [], engineerIds: [] });
    expect(body!.polygon.slice(0, 2)).toEqual([
      [37, 54],
      [38, 54],
    ]);
    expect(body!.polygon[2]![0]).toBeGreaterThan(38);
  });

  it('R-03: a cell of the matrix takes a level by a digit', async () => {
    const { sent } = network({
      'GET /skills': { data: [{ id: 'k1', name: 'Кассы', people: 1 }] },
      'GET /dispatch/engineers': {
        data: [
          {
            id: 'p1',
            name: 'Новиков',
            teams: [],
            skills: [],
            zoneIds: [],
            base: null,
            calendarId: null,
            isManaged: true,
          },
        ],
        page: { next: null, limit: 100 },
      },
      'PATCH /dispatch/engineers/p1': {},
    });
    openAgent('/dispatch/skills');
    const cell = await screen.findByRole('button', { name: 'Новиков, Кассы: нет' });
    cell.focus();
    pressKey('Digit3', '3');
    await waitFor(() =>
      expect(sent('PATCH /dispatch/engineers/p1').at(-1)).toEqual({ skills: [{ skillId: 'k1', level: 3 }] }),
    );
  });
});
