import { aContact } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { BillingModule } from './billing.module';

describe('timer', () => {
  let api: TestApi;
  let teamId: string;
  beforeAll(async () => {
    api = await startApi(BillingModule);
    teamId = (await aTeam(api)).id;
  });
  afterAll(() => api.close());

  const person = () => anEmployee(api, { role: 'engineer', teamIds: [teamId] });
  const timer = async (by: TestEmployee) => (await api.as(by).get('/me/timer').expect(200)).body.timer;
  const start = (by: TestEmployee, ticketId: string | number) =>
    api
      .as(by)
      .put('/me/timer')
      .send({ ticketId: String(ticketId) });

  it('B-01: starts, pauses, goes on and ends with an entry; pauses do not count', async () => {
    const me = await person();
    const ticket = await aTicket(api, { teamId });
    expect(await timer(me)).toBeNull();
    await start(me, ticket.number).expect(200);
    await api.advance({ minutes: 10 });
    expect(await timer(me)).toMatchObject({ ticket: { id: ticket.id }, isRunning: true, seconds: 600 });
    await api.as(me).post('/me/timer/pause').expect(200);
    await api.advance({ minutes: 30 });
    await api.as(me).post('/me/timer/pause').expect(200);
    expect(await timer(me)).toMatchObject({ isRunning: false, seconds: 600 });
    await api.as(me).post('/me/timer/resume').expect(200);
    await api.advance({ minutes: 5, seconds: 20 });
    const { body } = await api.as(me).post('/me/timer/stop').send({ comment: 'настройка' }).expect(201);
    expect(body).toMatchObject({ seconds: 16 * 60, source: 'timer', comment: 'настройка', ticket: { id: ticket.id } });
    expect(await timer(me)).toBeNull();
    await api.as(me).post('/me/timer/stop').send({}).expect(409);
  });

  it('B-01: is a row with moments: nothing in the memory of a server', async () => {
    const me = await person();
    const ticket = await aTicket(api, { teamId });
    await start(me, ticket.id).expect(200);
    const rows = await api.db.query(api.system, 'SELECT "ticketId" FROM time_timer WHERE "employeeId" = $1', [me.id]);
    expect(rows).toEqual([{ ticketId: ticket.id }]);
    await api.advance({ hours: 2 });
    expect(await timer(me)).toMatchObject({ seconds: 7200 });
  });

  it('B-01: on another ticket ends the first with an entry; on the same goes on', async () => {
    const me = await person();
    const [first, second] = [await aTicket(api, { teamId }), await aTicket(api, { teamId })];
    await start(me, first.id).expect(200);
    await api.advance({ minutes: 7 });
    const same = await start(me, first.id).expect(200);
    expect(same.body).toMatchObject({ logged: null, timer: { seconds: 420 } });
    const moved = await start(me, second.id).expect(200);
    expect(moved.body).toMatchObject({
      timer: { ticket: { id: second.id }, seconds: 0 },
      logged: { ticket: { id: first.id }, seconds: 420, source: 'timer' },
    });
    await api.as(me).delete('/me/timer').expect(204);
    expect(await timer(me)).toBeNull();
    const { body } = await api.as(me).get(`/tickets/${second.id}/time-entries`).expect(200);
    expect(body.data).toEqual([]);
  });

  it('B-01: one forgotten for days asks how long it really was', async () => {
    const me = await person();
    const ticket = await aTicket(api, { teamId });
    await start(me, ticket.id).expect(200);
    await api.advance({ hours: 40 });
    const refused = await api.as(me).post('/me/timer/stop').send({}).expect(422);
    expect(refused.body.errors[0]).toMatchObject({ pointer: '/spent', code: 'billing.spentTooLong' });
    expect(await timer(me)).not.toBeNull();
    await api.as(me).post('/me/timer/stop').send({ spent: '1:30' }).expect(201);
  });

  it('B-01: two windows that end it at once make one entry', async () => {
    const me = await person();
    const ticket = await aTicket(api, { teamId });
    await start(me, ticket.id).expect(200);
    await api.advance({ minutes: 3 });
    const answers = await Promise.all([1, 2, 3].map(() => api.as(me).post('/me/timer/stop').send({})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('B-01: not on a ticket one may not see', async () => {
    const stranger = await anEmployee(api, { role: 'field_engineer' });
    const ticket = await aTicket(api, { teamId });
    await start(stranger, ticket.id).expect(404);
    await api.as(stranger).put('/me/timer').send({ ticketId: 'x' }).expect(422);
    expect(await timer(stranger)).toBeNull();
  });
});

describe('worklog before «Выполнено»', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startApi(BillingModule)));
  afterAll(() => api.close());

  it('B-02, T-06: a transition that asks for worked time is refused until there is enough', async () => {
    const me = await anEmployee(api, { role: 'admin' });
    const ticket = await aTicket(api, { assigneeId: me.id, status: 'in_work' });
    const guards = JSON.stringify([{ name: 'worklog', params: { minMinutes: 15, whose: 'assignee' } }]);
    await api.db.query(
      api.system,
      `UPDATE status_transition tr SET guards = $1 FROM ticket_status s WHERE s.id = tr."toId" AND s.code = 'done'`,
      [guards],
    );
    const { body: card } = await api.as(me).get(`/tickets/${ticket.id}`).expect(200);
    const done = card.transitions.find(({ to }: { to: { code: string } }) => to.code === 'done');
    expect(done.blockedBy).toEqual([expect.stringContaining('15 мин.')]);
    const move = () => api.as(me).post(`/tickets/${ticket.id}/transition`).send({ transitionId: done.id });
    const other = await anEmployee(api, { role: 'admin' });
    await api.as(other).post(`/tickets/${ticket.id}/time-entries`).send({ spent: '2ч' }).expect(201);
    const refused = await move().expect(409);
    expect(refused.body).toMatchObject({
      code: 'tickets.transitionRefused',
      unmet: [{ guard: 'worklog', message: expect.stringContaining('Ответственный') }],
    });
    await api.as(me).post(`/tickets/${ticket.id}/time-entries`).send({ spent: '15м' }).expect(201);
    expect((await move().expect(200)).body.status.code).toBe('done');
  });

  it('B-02: a client who closes learns that the time is not logged, not how much it is', async () => {
    const contact = await aContact(api);
    const ticket = await aTicket(api, { contactId: contact.id, authorContactId: contact.id, status: 'in_work' });
    await api.db.query(
      api.system,
      `UPDATE status_transition tr SET guards = $1 FROM ticket_status s WHERE s.id = tr."toId" AND s.code IN ('done', 'closed')`,
      [JSON.stringify([{ name: 'worklog', params: { minMinutes: 15 } }])],
    );
    const { body } = await api.as(contact).post(`/portal/tickets/${ticket.id}/close`).send({}).expect(409);
    expect(body.unmet).toEqual([{ guard: 'worklog', message: 'Исполнитель ещё не указал трудозатраты' }]);
  });
});
