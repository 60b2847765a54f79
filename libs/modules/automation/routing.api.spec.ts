import { startApi, type TestApi } from '@opora/platform/testing';
import { aCategory, aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aCalendar } from '@opora/testing/sla';
import { aTicket } from '@opora/testing/tickets';
import { TicketActions } from '@opora/modules/macros';
import { Tickets } from '@opora/modules/tickets';
import { newId } from '@opora/platform/db';
import { AutomationModule } from './automation.module';
import type { RoutingRowView } from './routing-rows.dto';
import type { RoutingTestView } from './routing-test.dto';

type Card = {
  id: string;
  version: number;
  team: { id: string } | null;
  assignee: { id: string } | null;
  routing: { by: string; name: string; absent: string[] } | null;
  handoverCount: number;
  pingPongCount: number;
};

let api: TestApi;
let admin: TestEmployee;
let types: Record<string, string>;
const team: Record<'first' | 'second' | 'field' | 'third', string> = { first: '', second: '', field: '', third: '' };
const is = (field: string, value: unknown) => ({ field, op: 'is', value });
const send = (method: 'post' | 'put' | 'patch', path: string, body: object) => api.as(admin)[method](path).send(body);
const addRow = async (body: object): Promise<RoutingRowView> =>
  (await send('post', '/routing-rows', { name: 'Строка', when: { all: [] }, teamId: team.first, ...body }).expect(201))
    .body;
const listRows = async (): Promise<RoutingRowView[]> =>
  (await api.as(admin).get('/routing-rows').expect(200)).body.data;
const changeRow = (row: RoutingRowView, body: object) =>
  api.as(admin).patch(`/routing-rows/${row.id}`).set('If-Match', `"${row.version}"`).send(body);
const clear = async () => {
  for (const { id } of await listRows()) await api.as(admin).delete(`/routing-rows/${id}`).expect(204);
};
const file = async (body: object = {}): Promise<Card> =>
  (await send('post', '/tickets', { subject: 'Закончился картридж', ...body }).expect(201)).body;
const cardOf = async (id: string): Promise<Card> => (await api.as(admin).get(`/tickets/${id}`).expect(200)).body;
const tryOut = async (body: object): Promise<RoutingTestView> =>
  (await send('post', '/routing/test', body).expect(200)).body;

beforeAll(async () => {
  api = await startApi(AutomationModule);
  admin = await anEmployee(api, { role: 'admin' });
  team.first = (await aTeam(api, { line: 1, name: 'Картриджи' })).id;
  team.second = (await aTeam(api, { line: 2, name: 'Камеры' })).id;
  team.third = (await aTeam(api, { line: 3, name: 'Эксперты' })).id;
  team.field = (await aTeam(api, { line: 2, name: 'Выезд' })).id;
  const { body } = await api.as(admin).get('/ticket-types');
  types = Object.fromEntries((body.data as { code: string; id: string }[]).map(({ code, id }) => [code, id]));
});
afterAll(() => api.close());
beforeEach(clear);

describe('R-01: the routing table', () => {
  it('R-01: the chosen type decides the team on every channel, and the history names the row', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    await addRow({ name: 'Картриджи', when: is('typeCode', 'consultation'), teamId: team.first });
    await addRow({ name: 'Остальное', teamId: team.second });
    const typeId = types.consultation;
    const card = await file({ typeId });
    expect(card).toMatchObject({ team: { id: team.first }, routing: { by: 'row', name: 'Картриджи' } });
    const { body: history } = await api.as(admin).get(`/tickets/${card.id}/history`);
    expect(history.data.find(({ field }: { field: string }) => field === 'teamId')).toMatchObject({
      cause: { kind: 'rule', name: 'маршрут «Картриджи»' },
      after: team.first,
    });
    const portal = await api
      .as(contact)
      .post('/portal/tickets')
      .send({ subject: 'Картридж', typeId, companyId: company.id, description: 'x' })
      .expect(201);
    expect(await cardOf(portal.body.id)).toMatchObject({ team: { id: team.first } });
    const mailed = await api
      .get(Tickets)
      .create(
        { ...api.system, cause: { kind: 'mail', id: newId() } },
        { subject: 'Письмо', source: 'email' },
        { sourceRef: newId(), withoutForm: true },
      );
    expect(await cardOf(mailed.id)).toMatchObject({ team: { id: team.second }, routing: { name: 'Остальное' } });
    const planned = await api
      .get(Tickets)
      .create(
        { ...api.system, cause: { kind: 'schedule', id: newId(), name: 'Осмотр' } },
        { subject: 'ТО', source: 'schedule', typeId },
      );
    expect(await cardOf(planned.id)).toMatchObject({ team: { id: team.first } });
  });

  it('R-01: whoever is named keeps it; nobody fits: nobody gets it, and that is told', async () => {
    await addRow({ when: is('typeCode', 'consultation') });
    expect(await file({ typeId: types.consultation, teamId: team.second })).toMatchObject({
      team: { id: team.second },
      routing: { by: 'person', name: admin.name },
    });
    expect(await file({ typeId: types.consultation, teamId: null })).toMatchObject({ team: null });
    expect(await file({})).toMatchObject({ team: null, assignee: null, routing: { by: 'none' } });
  });

  it('R-01: type, client, object and hours together choose the first row that fits', async () => {
    const vip = await aCategory(api);
    const company = await aCompany(api, { categoryIds: [vip.id] });
    const plain = await aCompany(api);
    const shop = await anObject(api, { companyId: plain.id });
    const till = await anObject(api, { companyId: plain.id, parentId: shop.id });
    const closed = await aCalendar(api, { week: {} as never });
    const open = await aCalendar(api);
    await addRow({ name: 'Ночь', when: is('companyCategoryIds', vip.id), hours: 'outside', calendarId: open });
    await addRow({
      name: 'VIP',
      when: is('companyCategoryIds', vip.id),
      hours: 'outside',
      calendarId: closed,
      teamId: team.second,
    });
    await addRow({ name: 'Магазин', when: is('objectPathIds', shop.id), teamId: team.field });
    expect((await file({ companyId: company.id })).routing).toMatchObject({ name: 'VIP' });
    expect((await file({ objectId: till.id })).routing).toMatchObject({ name: 'Магазин' });
    expect((await file({ companyId: plain.id })).routing).toMatchObject({ by: 'none' });
  });

  it('R-01: an order takes effect at once, and orders sent at once leave one of them', async () => {
    const rows = [];
    for (const name of ['a', 'b', 'c', 'd']) rows.push(await addRow({ name, teamId: team.second }));
    const ids = rows.map(({ id }) => id);
    expect((await file()).routing).toMatchObject({ name: 'a' });
    await send('put', '/routing-rows/order', { ids: [...ids].reverse() }).expect(200);
    expect((await file()).routing).toMatchObject({ name: 'd' });
    const orders = ids.map((_, index) => [...ids.slice(index), ...ids.slice(0, index)]);
    const answers = await Promise.all([
      ...orders.map((order) => send('put', '/routing-rows/order', { ids: order })),
      changeRow(rows[1]!, { name: 'b2', position: 1 }),
      changeRow(rows[1]!, { name: 'b3', position: 4 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 412]);
    const after = await listRows();
    expect(after.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(after.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect((await file()).routing).toMatchObject({ name: after[0]!.name });
  });

  it('R-01: a row whose team is closed is passed over and shown as broken; the ticket is created', async () => {
    const { id: shut } = await aTeam(api, { name: 'Закрытая' });
    const row = await addRow({ name: 'Раньше', teamId: shut });
    await addRow({ name: 'Потом', teamId: team.second });
    await api.as(admin).post(`/teams/${shut}/archive`).expect(200);
    expect((await file()).routing).toMatchObject({ name: 'Потом' });
    const [broken, other] = await listRows();
    expect(broken).toMatchObject({ isBroken: true, findings: [{ kind: 'teamGone' }] });
    expect(other!.findings).toEqual([]);
    await changeRow(row, { isActive: false }).expect(200);
  });

  it('R-01: a row that never gets its turn is told of when it is saved', async () => {
    await addRow({ name: 'Все', when: { all: [] } });
    const late = await addRow({ name: 'Поздно', when: is('typeCode', 'consultation') });
    expect(late.findings).toEqual([
      expect.objectContaining({ kind: 'unreachable', others: [expect.objectContaining({ name: 'Все' })] }),
    ]);
    const first = (await changeRow(late, { position: 1 }).expect(200)).body as RoutingRowView;
    expect(first).toMatchObject({ position: 1, findings: [] });
  });

  const NOBODY = '019b0000-0000-7000-8000-000000000000';
  it.each([
    ['an unknown team', { teamId: NOBODY }, '/teamId'],
    ['an unknown person', { assigneeId: NOBODY }, '/assigneeId'],
    ['an unknown calendar', { hours: 'inside', calendarId: NOBODY }, '/calendarId'],
    ['hours of no calendar', { hours: 'inside' }, '/calendarId'],
    ['an unknown company in the condition', { when: { all: [is('companyId', NOBODY)] } }, '/when/all/0/value'],
    ['an unknown object in a list', { when: { field: 'objectId', op: 'in', value: [NOBODY] } }, '/when/value/0'],
    ['an unknown type', { when: is('typeId', NOBODY) }, '/when/value'],
    ['a field that is not known yet', { when: is('assigneeId', NOBODY) }, '/when/field'],
    ['a contradiction', { when: { all: [is('typeCode', 'consultation'), is('typeCode', 'incident')] } }, '/when'],
    ['a condition that is none', { when: { __proto__: null, x: 1 } }, '/when'],
    ['a list for a condition', { when: [] }, '/when'],
    ['an empty name', { name: '   ' }, '/name'],
    ['an unknown field', { wish: 1 }, '/wish'],
    ['a place out of the table', { position: 0 }, '/position'],
  ])('R-01: refuses %s with its place', async (_, wrong, pointer) => {
    const body = { name: 'Строка', when: { all: [] }, teamId: team.first, ...wrong };
    const answer = await send('post', '/routing-rows', body).expect(422);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(await listRows()).toEqual([]);
  });

  it('R-01: only whoever manages automation changes the table', async () => {
    const row = await addRow({});
    const engineer = await anEmployee(api, { role: 'engineer' });
    await api.as(engineer).get('/routing-rows').expect(403);
    await api.as(engineer).post('/routing-rows').send({}).expect(403);
    await api
      .as(engineer)
      .put('/routing-rows/order')
      .send({ ids: [row.id] })
      .expect(403);
    await api.as(engineer).delete(`/routing-rows/${row.id}`).expect(403);
    await api.as(admin).get(`/routing-rows/${NOBODY}`).expect(404);
    await send('put', '/routing-rows/order', { ids: [] }).expect(422);
    await send('put', '/routing-rows/order', { ids: [NOBODY] }).expect(422);
  });

  it('R-01: a ticket nobody works on follows a change of its type; a named team and «never» do not', async () => {
    await addRow({ name: 'Консультации', when: is('typeCode', 'consultation'), teamId: team.third });
    await addRow({ name: 'Остальное', teamId: team.first });
    const change = async (facts: object) => {
      const card = await file(facts);
      await api
        .as(admin)
        .patch(`/tickets/${card.id}`)
        .set('If-Match', `"${card.version}"`)
        .send({ typeId: types.consultation })
        .expect(200);
      await api.drain();
      return cardOf(card.id);
    };
    const moved = await change({});
    expect(moved).toMatchObject({
      team: { id: team.third },
      routing: { by: 'row', name: 'Консультации' },
      handoverCount: 1,
    });
    const { body: history } = await api.as(admin).get(`/tickets/${moved.id}/history`);
    expect(history.data[0]).toMatchObject({ field: 'teamId', cause: { kind: 'rule', name: 'маршрут «Консультации»' } });
    expect(await change({ teamId: team.second })).toMatchObject({ team: { id: team.second } });
    expect(await change({ assigneeId: admin.id })).toMatchObject({ assignee: { id: admin.id }, team: null });
    await send('put', '/routing', { reroutes: 'never' }).expect(200);
    expect(await change({})).toMatchObject({ team: { id: team.first } });
    await send('put', '/routing', { reroutes: 'while_unassigned' }).expect(200);
    await send('put', '/routing', { reroutes: 'often' }).expect(422);
  });

  it('R-01: the action «route» sends a ticket by the table', async () => {
    const { id } = await aTicket(api, { teamId: team.second });
    await addRow({ name: 'Всё', teamId: team.first });
    const ctx = await api.ctx(admin);
    await api.db.tx({ ...ctx, cause: { kind: 'macro', id: newId(), name: 'Заново' } }, (ctx) =>
      api.get(TicketActions).run(ctx, id, [{ action: 'route', params: {} }]),
    );
    expect(await cardOf(id)).toMatchObject({ team: { id: team.first }, routing: { by: 'row', name: 'Всё' } });
  });
});

describe('R-01: the tester', () => {
  it('R-01: shows every step in words for a real ticket and for values, at a moment', async () => {
    const company = await aCompany(api, { name: 'Ромашка' });
    const calendar = await aCalendar(api, { week: { mon: [{ from: '09:00', to: '18:00' }] } as never });
    await addRow({
      name: 'Днём',
      when: is('companyId', company.id),
      hours: 'inside',
      calendarId: calendar,
      teamId: team.second,
    });
    await addRow({ name: 'Выключена', isActive: false });
    await addRow({ name: 'Консультации', when: { any: [is('typeCode', 'consultation'), is('source', 'email')] } });
    await addRow({ name: 'Остальное', teamId: team.third });
    const { id } = await aTicket(api, { companyId: company.id, teamId: team.first });
    const monday = '2026-11-23T10:00:00Z';
    const day = await tryOut({ ticketId: id, at: monday });
    expect(day).toMatchObject({
      at: '2026-11-23T10:00:00.000Z',
      result: { by: 'row', name: 'Днём', team: { id: team.second } },
    });
    expect(day.steps.map(({ name, state }) => [name, state])).toEqual([
      ['Ромашка', 'nobody'],
      ['Днём', 'chosen'],
      ['Выключена', 'off'],
      ['Консультации', 'fails'],
      ['Остальное', 'fits'],
    ]);
    const night = await tryOut({ values: { companyId: company.id, source: 'phone' }, at: '2026-11-23T20:00:00Z' });
    expect(night.result).toMatchObject({ by: 'row', name: 'Остальное' });
    expect(night.steps[1]!.words).toEqual(['Рабочие часы «Calendar»: нужно да (сейчас: нет)']);
    expect(night.steps[3]!.words).toHaveLength(2);
    expect(await cardOf(id)).toMatchObject({ team: { id: team.first } });
  });

  it('R-01: refuses what leads nowhere with its place, and tickets one does not see', async () => {
    await send('post', '/routing/test', {}).expect(422);
    const wrong = await send('post', '/routing/test', {
      values: { companyId: newId(), customFields: { nope: 1 } },
    }).expect(422);
    expect(wrong.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/values/companyId',
      '/values/customFields/nope',
    ]);
    await send('post', '/routing/test', { ticketId: newId() }).expect(404);
    await send('post', '/routing/test', { values: {}, at: 'tomorrow' }).expect(422);
    await send('post', '/routing/test', { values: [] }).expect(422);
  });
});

describe('R-02: the dedicated responsible', () => {
  const away = (who: TestEmployee, substitute?: TestEmployee) =>
    send('post', '/absences', {
      employeeId: who.id,
      from: new Date(api.system.now().getTime() - 3_600_000).toISOString(),
      to: new Date(api.system.now().getTime() + 86_400_000).toISOString(),
      substituteId: substitute?.id,
      reason: 'vacation',
    }).expect(201);

  it('R-02: the object outranks the company, both outrank the table, and the ticket tells why', async () => {
    await addRow({ name: 'Остальное', teamId: team.first });
    const [ann, bob] = [await anEmployee(api), await anEmployee(api)];
    const company = await aCompany(api, { responsibleEmployeeId: bob.id, responsibleTeamId: team.third });
    const shop = await anObject(api, { companyId: company.id, responsibleEmployeeId: ann.id });
    const room = await anObject(api, { companyId: company.id, parentId: shop.id });
    expect(await file({ objectId: room.id })).toMatchObject({
      assignee: { id: ann.id },
      team: null,
      routing: { by: 'responsible', name: shop.name, level: 'object', absent: [] },
    });
    expect(await file({ companyId: company.id })).toMatchObject({
      assignee: { id: bob.id },
      team: { id: team.third },
      routing: { by: 'responsible', name: company.name, level: 'company' },
    });
    expect(await file({ companyId: (await aCompany(api)).id })).toMatchObject({ routing: { by: 'row' } });
  });

  it('R-02: in absence the substitute gets it, then the team; the tester says so', async () => {
    const own = await aTeam(api);
    const ann = await anEmployee(api, { name: 'Анна', teamIds: [own.id] });
    const [eve, zoe] = [await anEmployee(api, { name: 'Ева' }), await anEmployee(api, { name: 'Зоя' })];
    const company = await aCompany(api, { responsibleEmployeeId: ann.id });
    await away(ann, eve);
    expect(await file({ companyId: company.id })).toMatchObject({
      assignee: { id: eve.id },
      routing: { by: 'responsible', absent: ['Анна'] },
    });
    await away(eve, zoe);
    const tried = await tryOut({ values: { companyId: company.id } });
    expect(tried.result).toMatchObject({ by: 'responsible', assignee: { id: zoe.id }, absent: ['Анна', 'Ева'] });
    expect(tried.steps[0]!.words).toEqual(['отсутствует: Анна → Ева; замещает Зоя']);
    await away(zoe, ann);
    expect(await file({ companyId: company.id })).toMatchObject({ assignee: null, team: { id: own.id } });
    const circle = await tryOut({ values: { companyId: company.id } });
    expect(circle.steps[0]!.words[1]).toBe('заместители указывают друг на друга по кругу');
  });

  it('R-02: open tickets of whoever is away are handed over on request, each exactly once, with the asker’s rights', async () => {
    const group = await aTeam(api);
    const [ann, eve] = [await anEmployee(api, { name: 'Нина', teamIds: [group.id] }), await anEmployee(api)];
    const ids = [];
    for (let index = 0; index < 6; index++)
      ids.push(
        (await aTicket(api, { assigneeId: ann.id, teamId: group.id, ...(index === 5 && { status: 'closed' }) })).id,
      );
    await aTicket(api, { assigneeId: ann.id, teamId: team.third });
    const { body: absence } = await away(ann, eve);
    const lead = await anEmployee(api, { role: 'line_lead', teamIds: [group.id] });
    const path = `/absences/${absence.id}`;
    expect((await api.as(lead).get(`${path}/tickets`).expect(200)).body).toEqual({
      open: 5,
      standIn: { id: eve.id, name: eve.name },
    });
    const answers = await Promise.all([1, 2, 3].map(() => api.as(lead).post(`${path}/hand-over`).send({}).expect(200)));
    expect(answers.reduce((sum, { body }) => sum + body.handed, 0)).toBe(5);
    const { body: history } = await api.as(admin).get(`/tickets/${ids[0]}/history`);
    const lines = history.data.filter(
      ({ field, before }: { field: string; before: unknown }) => field === 'assigneeId' && before,
    );
    expect(lines).toEqual([
      expect.objectContaining({
        after: eve.id,
        cause: expect.objectContaining({ reason: 'Замещение: Нина отсутствует' }),
      }),
    ]);
    expect(await cardOf(ids[5]!)).toMatchObject({ assignee: { id: ann.id } });
    expect((await api.as(admin).get(`${path}/tickets`).expect(200)).body.open).toBe(1);
    await api.as(admin).post(`${path}/hand-over`).send({ toId: ann.id }).expect(422);
    await api.as(admin).post(`${path}/hand-over`).send({ toId: newId() }).expect(422);
    const field = await anEmployee(api, { role: 'field_engineer' });
    await api.as(field).post(`${path}/hand-over`).send({}).expect(403);
    await api.as(lead).get(`/absences/${newId()}/tickets`).expect(404);
  });

  it('R-02: a person named by a row gives way to his substitute, then to the team of the row', async () => {
    const [ann, eve] = [await anEmployee(api), await anEmployee(api)];
    await addRow({ name: 'Анне', teamId: team.second, assigneeId: ann.id });
    expect(await file()).toMatchObject({ assignee: { id: ann.id }, team: { id: team.second } });
    await away(ann, eve);
    expect(await file()).toMatchObject({ assignee: { id: eve.id }, routing: { absent: [ann.name] } });
    await away(eve);
    expect(await file()).toMatchObject({ assignee: null, team: { id: team.second } });
  });
});

describe('R-05: handing over between lines', () => {
  const assign = (id: string, body: object) => api.as(admin).post(`/tickets/${id}/assign`).send(body);

  it('R-05: another line asks for a reason on every way, the same line does not', async () => {
    const { id, version } = await aTicket(api, { teamId: team.second });
    const refused = await assign(id, { teamId: team.third }).expect(422);
    expect(refused.body.errors).toEqual([
      expect.objectContaining({ pointer: '/reason', code: 'tickets.handoverReason' }),
    ]);
    await assign(id, { teamId: team.third, reason: '   ' }).expect(422);
    const patch = (body: object) => api.as(admin).patch(`/tickets/${id}`).set('If-Match', `"${version}"`).send(body);
    expect((await patch({ teamId: team.third }).expect(422)).body.errors[0].pointer).toBe('/reason');
    const card = await api.as(admin).get(`/tickets/${id}`);
    const [transition] = card.body.transitions as { id: string }[];
    const moved = await api
      .as(admin)
      .post(`/tickets/${id}/transition`)
      .send({ transitionId: transition!.id, fields: { teamId: team.third } })
      .expect(422);
    expect(moved.body.errors[0].pointer).toBe('/fields/reason');
    expect(await cardOf(id)).toMatchObject({ team: { id: team.second }, version, handoverCount: 0 });
    await assign(id, { teamId: team.field }).expect(200);
    await assign(id, { teamId: team.third, reason: 'Нужен эксперт' }).expect(200);
  });

  it('R-05: what acts by itself gives its name as the reason', async () => {
    const { id } = await aTicket(api, { teamId: team.second });
    const ctx = { ...(await api.ctx(admin)), cause: { kind: 'macro' as const, id: newId(), name: 'Эскалация' } };
    await api.db.tx(ctx, (ctx) =>
      api.get(TicketActions).run(ctx, id, [{ action: 'assign', params: { teamId: team.third } }]),
    );
    const { body } = await api.as(admin).get(`/tickets/${id}/history`);
    expect(
      body.data.find(({ field, before }: { field: string; before: unknown }) => field === 'teamId' && before),
    ).toMatchObject({
      cause: { kind: 'macro', name: 'Эскалация', reason: 'Эскалация' },
    });
  });

  it('R-05: returns to a team that had it are counted, shown and found', async () => {
    const { id, number } = await aTicket(api, { teamId: team.first, subject: 'Пинг' });
    const path = [team.second, team.first, team.second, team.third, team.first];
    for (const teamId of path) await assign(id, { teamId, reason: 'Не наша' }).expect(200);
    expect(await cardOf(id)).toMatchObject({ handoverCount: 5, pingPongCount: 3 });
    const found = async (q: string): Promise<number[]> =>
      (await api.as(admin).get('/tickets').query({ q }).expect(200)).body.data.map(
        (row: { number: number }) => row.number,
      );
    expect(await found('pingpong:>2')).toEqual([number]);
    expect(await found('pingpong:>3')).toEqual([]);
    expect(await found('handovers:5')).toEqual([number]);
    expect(await found('handovers:4..6')).toEqual([number]);
    await api.as(admin).get('/tickets').query({ q: 'pingpong:often' }).expect(422);
  });
});
