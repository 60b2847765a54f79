import { anEmployee, aTeam } from '@opora/testing/people';
import { aTicket } from './testing';
import { startApi, type TestApi } from '@opora/platform/testing';
import { TicketsModule } from './tickets.module';

type Employee = Awaited<ReturnType<typeof anEmployee>>;
type Column = {
  id: string;
  category: string;
  name: string;
  count: number;
  next: string | null;
  data: { id: string; color: object | null }[];
};
type Board = { by: string; total: number; columns: Column[] };
type Days = { days: { day: string; count: number; data: { id: string }[] }[] };

describe('a board and a calendar over a list', () => {
  let api: TestApi;
  let admin: Employee;
  let teamId: string;
  let engineer: Employee;
  const made: string[] = [];
  beforeAll(async () => {
    api = await startApi(TicketsModule);
    admin = await anEmployee(api, { role: 'admin' });
    teamId = (await aTeam(api)).id;
    engineer = await anEmployee(api, { teamIds: [teamId] });
    for (let index = 0; index < 7; index++)
      made.push((await aTicket(api, { subject: `Принтер ${index}`, ...(index % 2 ? { teamId } : {}) })).id);
    const { body } = await api.as(admin).get(`/tickets/${made[0]}`).expect(200);
    const step = (body.transitions as { id: string; to: { category: string } }[]).find(
      ({ to }) => to.category === 'in_work',
    )!;
    await api.as(admin).post(`/tickets/${made[0]}/transition`).send({ transitionId: step.id }).expect(200);
  });
  afterAll(() => api.close());

  const get = async <Answer>(person: Employee, path: string, query: Record<string, string | number>) =>
    (await api.as(person).get(path).query(query).expect(200)).body as Answer;
  const board = (person: Employee, query: Record<string, string | number> = {}) =>
    get<Board>(person, '/tickets/board', query);
  const column = ({ columns }: Board, category: string) => columns.find((each) => each.category === category)!;
  const calendar = (query: Record<string, string | number>) =>
    get<Days>(admin, '/tickets/calendar', {
      from: '2030-03-25',
      to: '2030-04-05',
      field: 'scheduledFor',
      timeZone: 'Europe/Berlin',
      ...query,
    });

  it('T-19: columns are the statuses of the process with exact counts, its cards come page by page', async () => {
    const shown = await board(admin, { q: 'Принтер', sort: 'createdAt', limit: 2 });
    expect([shown.by, shown.total]).toEqual(['status', 7]);
    const fresh = column(shown, 'new');
    expect([fresh.count, fresh.data.map(({ id }) => id)]).toEqual([6, made.slice(1, 3)]);
    expect(column(shown, 'in_work')).toMatchObject({ count: 1, data: [{ id: made[0] }], next: null });
    expect(shown.columns.filter(({ count }) => count === 0).length).toBeGreaterThan(0);
    const seen = fresh.data.map(({ id }) => id);
    for (let cursor = fresh.next; cursor;) {
      const query = { q: 'Принтер', sort: 'createdAt', by: 'status', column: fresh.id, limit: 2, cursor };
      const page = await get<{ data: { id: string }[]; page: { next: string | null } }>(
        admin,
        '/tickets/board/rows',
        query,
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.page.next;
    }
    expect(seen).toEqual(made.slice(1));
    const foreign = {
      q: 'Принтер',
      sort: 'createdAt',
      by: 'status',
      column: column(shown, 'in_work').id,
      cursor: fresh.next!,
    };
    await api.as(admin).get('/tickets/board/rows').query(foreign).expect(400);
    for (const wrong of [
      { by: 'status', column: 'new' },
      { by: 'category', column: 'no_such' },
      { by: 'x', column: 'new' },
      {},
    ])
      await api.as(admin).get('/tickets/board/rows').query(wrong).expect(422);
  });

  it('T-19: a person sees on the board what he sees in the list, and the rows have the colours of the view', async () => {
    const mine = await board(engineer);
    expect(mine.total).toBe(3);
    expect(mine.total).toBe((await get<{ count: number }>(engineer, '/tickets/count', {})).count);
    const rule = { if: 'status:new', tint: 'yellow', icon: 'flame', label: { ru: 'Взять', en: 'Take' } };
    const view = { name: 'Доска', query: 'is:open', layout: 'board', colorRules: [rule] };
    const saved = (await api.as(engineer).post('/ticket-views').send(view).expect(201)).body as { id: string };
    expect(saved).toMatchObject({ layout: 'board', calendarField: 'deadlineAt' });
    const shown = await board(engineer, { view: saved.id });
    expect(column(shown, 'new').data[0]!.color).toMatchObject({ tint: 'yellow' });
    await api
      .as(engineer)
      .patch(`/ticket-views/${saved.id}`)
      .send({ layout: 'calendar', calendarField: 'scheduledFor' })
      .expect(200);
    await api.as(engineer).patch(`/ticket-views/${saved.id}`).send({ layout: 'map' }).expect(422);
    await api.as(engineer).get('/tickets/board').query({ q: 'no:such' }).expect(422);
  });

  it('T-19: tickets of several processes stand in categories', async () => {
    const process = (
      await api
        .as(admin)
        .post('/processes')
        .send({ name: { ru: 'Вторая', en: 'Second' } })
        .expect(201)
    ).body as { id: string; initialStatusId: string };
    await api.db.query(api.system, `UPDATE ticket SET "processId" = $2, "statusId" = $3 WHERE id = $1`, [
      made[6],
      process.id,
      process.initialStatusId,
    ]);
    const shown = await board(admin, { q: 'Принтер' });
    expect([shown.by, shown.total, shown.columns.map(({ id }) => id)]).toEqual([
      'category',
      7,
      ['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'],
    ]);
    expect(shown.columns[0]).toMatchObject({ name: 'Новые', count: 6, color: null });
    expect(await board(admin, { q: 'no-such-word-at-all' })).toMatchObject({ by: 'status', total: 0 });
  });

  it('T-19: days are those of the zone, also when its clock jumps; counts are exact and the rest is asked for', async () => {
    const on = async (id: string, scheduledFor: string) => {
      const { headers } = await api.as(admin).get(`/tickets/${id}`);
      await api.as(admin).patch(`/tickets/${id}`).set('If-Match', headers.etag!).send({ scheduledFor }).expect(200);
    };
    // Summer time begins in Berlin on the 31st of March 2030: its day has 23 hours.
    await on(made[0]!, '2030-03-30T22:59:00Z');
    await on(made[1]!, '2030-03-30T23:00:00Z');
    await on(made[2]!, '2030-03-31T21:59:00Z');
    await on(made[3]!, '2030-03-31T22:00:00Z');
    await on(made[4]!, '2030-04-04T22:00:00Z');
    expect(
      (await calendar({ limit: 1 })).days.map(({ day, count, data }) => [day, count, data.map(({ id }) => id)]),
    ).toEqual([
      ['2030-03-30', 1, [made[0]]],
      ['2030-03-31', 2, [made[1]]],
      ['2030-04-01', 1, [made[3]]],
    ]);
    expect((await calendar({ timeZone: 'Asia/Almaty' })).days.map(({ day, count }) => [day, count])).toEqual([
      ['2030-03-31', 2],
      ['2030-04-01', 2],
    ]);
    const whole = await calendar({ from: '2030-03-31', to: '2030-04-01', limit: 200 });
    expect(whole.days[0]!.data.map(({ id }) => id)).toEqual([made[1], made[2]]);
    expect((await calendar({ field: 'putAsideUntil' })).days).toEqual([]);
    expect((await calendar({ q: 'no-such-word-at-all' })).days).toEqual([]);
    for (const wrong of [
      { to: '2031-01-01' },
      { to: '2030-03-25' },
      { from: '2030-02-31' },
      { timeZone: 'Mars/Base' },
      { timeZone: "UTC'; DROP" },
      { field: 'createdAt' },
    ])
      await api
        .as(admin)
        .get('/tickets/calendar')
        .query({ from: '2030-03-25', to: '2030-04-05', field: 'scheduledFor', ...wrong })
        .expect(422);
  });
});
