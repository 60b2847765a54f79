import { aCompany } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import type { SavedViewView } from './ticket-views.dto';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let dispatcher: TestEmployee;
let engineer: TestEmployee;

beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
  engineer = await anEmployee(api, { role: 'engineer', teamIds: [(await aTeam(api, { line: 3 })).id] });
});
afterAll(() => api.close());

const viewsOf = async (who: TestEmployee): Promise<SavedViewView[]> =>
  (await api.as(who).get('/ticket-views').expect(200)).body.data;
const rowsOf = async (who: TestEmployee, view: string): Promise<number> => {
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer = await api
      .as(who)
      .get('/tickets')
      .query({ view, limit: 2, ...(cursor ? { cursor } : {}) })
      .expect(200);
    const { data, page } = answer.body as { data: unknown[]; page: { next: string | null } };
    count += data.length;
    cursor = page.next;
  }
  return count;
};
const makeView = async (who: TestEmployee, facts: object): Promise<SavedViewView> =>
  (
    await api
      .as(who)
      .post('/ticket-views')
      .send({ name: 'Представление', query: '', ...facts })
      .expect(201)
  ).body;

describe('T-19: views', () => {
  it('UX 1: begins with the usual views, and every counter equals the rows', async () => {
    const company = await aCompany(api);
    for (const [index, status] of [
      'new',
      'in_work',
      'waiting_client',
      'waiting_partner',
      'done',
      'closed',
      'new',
    ].entries()) {
      const ticket = await aTicket(api, {
        companyId: company.id,
        status,
        assigneeId: index % 2 ? engineer.id : undefined,
        teamId: index % 3 ? engineer.teamIds[0] : undefined,
      });
      if (index < 2)
        await api.db.query(api.system, `UPDATE ticket SET "deadlineAt" = now() - interval '1 hour' WHERE id = $1`, [
          ticket.id,
        ]);
      if (index === 6)
        await api.db.query(api.system, `UPDATE ticket SET "deletedAt" = now() WHERE id = $1`, [ticket.id]);
    }
    for (const query of [
      'принтер -сервер',
      'status:open принтер -is:overdue',
      'is:open is:deleted',
      'is:open -is:closed line:3',
    ])
      for (const who of [dispatcher, engineer]) await makeView(who, { name: query, query });
    for (const who of [dispatcher, engineer]) {
      const views = await viewsOf(who);
      expect(views.map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          'Мои',
          'Без ответственного',
          'Линия 1',
          'Линия 4',
          'Просрочено',
          'Ждём клиента',
          'Недавно закрытые',
        ]),
      );
      const counted = views.map(({ id, name, count }) => ({ id, name, count }));
      const shown = [];
      for (const { id, name } of views) shown.push({ id, name, count: await rowsOf(who, id) });
      expect(counted).toEqual(shown);
      expect(counted.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
      const { body } = await api.as(who).get('/ticket-views/counters').expect(200);
      expect(body.data).toEqual(counted.map(({ id, count }) => ({ id, count })));
      for (const { id, count } of counted)
        expect((await api.as(who).get('/tickets/count').query({ view: id })).body).toEqual({ count });
    }
  });

  it('UX 2: the first colour rule that fits colours the row and says why', async () => {
    const company = await aCompany(api);
    const critical = (
      await api.db.query<{ id: string }>(api.system, `SELECT id FROM priority WHERE code = 'critical'`)
    )[0]!.id;
    await aTicket(api, { companyId: company.id, subject: 'обычная', assigneeId: dispatcher.id });
    await aTicket(api, { companyId: company.id, subject: 'горит', priorityId: critical, assigneeId: dispatcher.id });
    const label = (ru: string) => ({ ru, en: ru });
    const view = await makeView(dispatcher, {
      query: `company:${company.id} sort:number`,
      colorRules: [
        { if: 'priority:critical', tint: 'red', icon: 'flame', label: label('Горит') },
        { if: 'assignee:me', tint: 'yellow', icon: 'user', label: label('Моя') },
      ],
    });
    const { body } = await api.as(dispatcher).get(`/tickets?view=${view.id}`).expect(200);
    expect(body.data.map(({ subject, color }: { subject: string; color: unknown }) => [subject, color])).toEqual([
      ['обычная', { tint: 'yellow', icon: 'user', label: 'Моя' }],
      ['горит', { tint: 'red', icon: 'flame', label: 'Горит' }],
    ]);
  });

  it('UX 5: a view narrows by a filter typed beside it', async () => {
    const company = await aCompany(api);
    await aTicket(api, { companyId: company.id, subject: 'первая' });
    await aTicket(api, { companyId: company.id, subject: 'вторая', status: 'done' });
    const view = await makeView(dispatcher, { query: `company:${company.id}` });
    const { body } = await api.as(dispatcher).get('/tickets').query({ view: view.id, q: 'is:closed' }).expect(200);
    expect(body.data.map(({ subject }: { subject: string }) => subject)).toEqual(['вторая']);
  });

  it('UX 1: a view that was changed, or deleted, lists by its new words at once', async () => {
    const company = await aCompany(api);
    const [kept, gone] = [await aTicket(api, { companyId: company.id }), await aTicket(api, { companyId: company.id })];
    const view = await makeView(dispatcher, { query: `number:${kept.number},${gone.number}` });
    const numbers = async () =>
      (await api.as(dispatcher).get('/tickets').query({ view: view.id }).expect(200)).body.data.map(
        (row: { number: number }) => row.number,
      );
    expect((await numbers()).sort()).toEqual([kept.number, gone.number].sort());
    await api
      .as(dispatcher)
      .patch(`/ticket-views/${view.id}`)
      .send({ query: `number:${kept.number}` })
      .expect(200);
    expect(await numbers()).toEqual([kept.number]);
    await api.as(dispatcher).delete(`/ticket-views/${view.id}`).expect(204);
    await api.as(dispatcher).get('/tickets').query({ view: view.id }).expect(404);
  });

  it('a personal view is its owner’s alone', async () => {
    const own = await makeView(engineer, { name: 'Только моё', query: 'is:open' });
    expect(own).toMatchObject({ isShared: false, canEdit: true, name: 'Только моё' });
    expect((await viewsOf(dispatcher)).map(({ id }) => id)).not.toContain(own.id);
    await api.as(dispatcher).get(`/ticket-views/${own.id}`).expect(404);
    await api.as(dispatcher).patch(`/ticket-views/${own.id}`).send({ name: 'Чужое' }).expect(404);
    await api.as(dispatcher).delete(`/ticket-views/${own.id}`).expect(404);
    await api.as(dispatcher).get(`/tickets?view=${own.id}`).expect(404);
    expect((await api.as(engineer).get(`/ticket-views/${own.id}`).expect(200)).body.name).toBe('Только моё');
    await api.as(engineer).delete(`/ticket-views/${own.id}`).expect(204);
    await api.as(engineer).get(`/ticket-views/${own.id}`).expect(404);
  });

  it('shared views are made and changed by those who may', async () => {
    await api.as(engineer).post('/ticket-views').send({ name: 'Общее', query: '', isShared: true }).expect(403);
    const shared = await makeView(dispatcher, { name: 'Общее', isShared: true });
    expect((await viewsOf(engineer)).find(({ id }) => id === shared.id)).toMatchObject({
      isShared: true,
      canEdit: false,
    });
    await api.as(engineer).patch(`/ticket-views/${shared.id}`).send({ name: 'Испорчено' }).expect(403);
    const { body } = await api
      .as(dispatcher)
      .patch(`/ticket-views/${shared.id}`)
      .send({ name: 'Переименовано', sort: null })
      .expect(200);
    expect(body).toMatchObject({ name: 'Переименовано', query: '', isShared: true });
  });

  it('a shared view reaches only the roles and teams it is meant for', async () => {
    const forTeam = await makeView(dispatcher, { isShared: true, teamIds: engineer.teamIds });
    const forLeads = await makeView(dispatcher, { isShared: true, roleCodes: ['line_lead'] });
    const lead = await anEmployee(api, { role: 'line_lead' });
    const field = await anEmployee(api, { role: 'field_engineer' });
    const seen = async (who: TestEmployee) =>
      (await viewsOf(who)).map(({ id }) => id).filter((id) => [forTeam.id, forLeads.id].includes(id));
    expect(await seen(engineer)).toEqual([forTeam.id]);
    expect(await seen(field)).toEqual([]);
    expect(await seen(lead)).toEqual(expect.arrayContaining([forLeads.id]));
  });

  it.each([
    [{ query: 'staus:open' }, 'query'],
    [{ query: 'status:нет' }, 'query'],
    [{ colorRules: [{ if: 'is:', tint: 'red', icon: 'x', label: { ru: 'а', en: 'a' } }] }, 'colorRules/0/if'],
    [{ colorRules: [{ if: 'is:open', tint: 'pink', icon: 'x', label: { ru: 'а', en: 'a' } }] }, 'colorRules/0/tint'],
    [{ columns: ['number', 'salary'] }, 'columns'],
    [{ name: '' }, 'name'],
    [{ roleCodes: ['admin'] }, 'roleCodes'],
    [{ isShared: true, roleCodes: ['нет'] }, 'roleCodes'],
    [{ isShared: true, teamIds: ['019a0000-0000-7000-8000-000000000000'] }, 'teamIds'],
    [{ sort: 'colour' }, 'sort'],
    [{ ownerId: null }, 'ownerId'],
    [{ icon: '<img>' }, 'icon'],
  ])('refuses %j and names the field', async (facts, pointer) => {
    const { body } = await api
      .as(dispatcher)
      .post('/ticket-views')
      .send({ name: 'Новое', query: '', ...facts })
      .expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(`/${pointer}`);
  });

  it('a view whose status has gone shows nothing and breaks no other', async () => {
    const view = await makeView(dispatcher, { query: 'is:open' });
    await api.db.query(api.system, `UPDATE ticket_view SET query = 'status:gone' WHERE id = $1`, [view.id]);
    expect((await viewsOf(dispatcher)).find(({ id }) => id === view.id)).toMatchObject({ count: 0 });
    expect(await rowsOf(dispatcher, view.id)).toBe(0);
  });
});
