import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { OutboxRow } from '@opora/platform/events';
import { startApi, type TestApi } from '@opora/platform/testing';
import { Comments } from './comments.service';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let dispatcher: Awaited<ReturnType<typeof anEmployee>>;
let ids: Record<string, string>;
beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher', name: 'Дина' });
  const rows = await api.db.query<{ code: string; id: string }>(api.system, 'SELECT code, id FROM ticket_status');
  ids = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});
afterAll(() => api.close());

const as = () => api.as(dispatcher);
const inSeconds = (seconds: number): string => new Date(api.system.now().getTime() + seconds * 1000).toISOString();
const putAside = (id: string, body: object) => as().post(`/tickets/${id}/put-aside`).send(body);
const get = async (id: string) => (await as().get(`/tickets/${id}`).expect(200)).body;
const found = async (q: string): Promise<string[]> =>
  (
    await as()
      .get(`/tickets?q=${encodeURIComponent(q)}`)
      .expect(200)
  ).body.data.map((row: { id: string }) => row.id);

it('T-07: a ticket put aside returns to its status at the moment, not before', async () => {
  const { id } = await aTicket(api, { status: 'in_work' });
  const until = inSeconds(3600);
  const { body } = await putAside(id, { until, returnStatusId: ids.new, reason: 'Ждём поставку' }).expect(200);
  expect(body).toMatchObject({
    putAsideUntil: until,
    putAsideReturnStatus: { code: 'new' },
    status: { code: 'in_work' },
  });
  await api.advance({ seconds: 3598 });
  expect((await get(id)).putAsideUntil).toBe(until);
  await api.advance({ seconds: 2 });
  expect(await get(id)).toMatchObject({ putAsideUntil: null, putAsideReturnStatus: null, status: { code: 'new' } });
  const lines = (await as().get(`/tickets/${id}/history`)).body.data;
  const aside = lines.filter(({ field }: { field: string }) => field === 'putAsideUntil');
  expect(aside).toMatchObject([
    { before: until, after: null, actor: { kind: 'system' } },
    { before: null, after: until, actor: { name: 'Дина' }, cause: { reason: 'Ждём поставку' } },
  ]);
});

it('T-07: the job lies in the outbox for exactly that moment', async () => {
  const { id } = await aTicket(api);
  const until = inSeconds(86_400);
  await putAside(id, { until }).expect(200);
  const jobs = await api.db.repo(api.system, OutboxRow).findBy({ name: 'tickets.resume' });
  expect(
    jobs
      .filter(({ payload }) => (payload as { ticketId: string }).ticketId === id)
      .map(({ dueAt }) => dueAt.toISOString()),
  ).toEqual([until]);
});

it('T-07: put aside anew, the first moment does nothing; fetched by hand, it is back at once', async () => {
  const { id } = await aTicket(api, { status: 'in_work' });
  await putAside(id, { until: inSeconds(60) }).expect(200);
  const later = inSeconds(600);
  await putAside(id, { until: later }).expect(200);
  await api.advance({ seconds: 61 });
  expect((await get(id)).putAsideUntil).toBe(later);
  const { body } = await as().post(`/tickets/${id}/resume`).expect(200);
  expect(body).toMatchObject({ putAsideUntil: null, status: { code: 'in_work' } });
  expect((await as().post(`/tickets/${id}/resume`).expect(409)).body.code).toBe('tickets.notPutAside');
  const { version } = await get(id);
  await api.advance({ seconds: 600 });
  expect((await get(id)).version).toBe(version);
});

it.each<[string, () => object, string]>([
  ['the past', () => ({ until: inSeconds(-1) }), '/until'],
  ['no moment', () => ({}), '/until'],
  ['a day without a time', () => ({ until: '2030-01-01' }), '/until'],
  ['a status of nowhere', () => ({ until: inSeconds(60), returnStatusId: newId() }), '/returnStatusId'],
  ['a status that is the end', () => ({ until: inSeconds(60), returnStatusId: ids.closed }), '/returnStatusId'],
])('T-07: refuses %s', async (_, body, pointer) => {
  const { id } = await aTicket(api);
  const answer = await putAside(id, body()).expect(422);
  expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  expect((await get(id)).version).toBe(1);
});

it('T-07: what is over is not put aside, and what is put aside does not outlive its end', async () => {
  const over = await aTicket(api, { status: 'done' });
  expect((await putAside(over.id, { until: inSeconds(60) }).expect(409)).body.code).toBe('tickets.notOpen');
  const { id } = await aTicket(api, { status: 'in_work' });
  await putAside(id, { until: inSeconds(60), returnStatusId: ids.new }).expect(200);
  await as().post(`/tickets/${id}/transition`).send({ statusId: ids.done }).expect(200);
  expect((await get(id)).putAsideUntil).toBeNull();
  await api.advance({ seconds: 61 });
  expect((await get(id)).status.code).toBe('done');
});

it("T-07: a client's message, on the portal or by mail, brings it back; he reads until when it waits", async () => {
  const company = await aCompany(api);
  const client = await aContact(api, { companyId: company.id });
  const aside = async (status: string) => {
    const { id } = await aTicket(api, { status, companyId: company.id, contactId: client.id });
    await putAside(id, { until: '2031-10-12T07:00:00Z', returnStatusId: ids.new }).expect(200);
    return id;
  };
  const [first, second, third] = [await aside('in_work'), await aside('waiting_client'), await aside('in_work')];
  const { body } = await api.as(client).get(`/portal/tickets/${first}`).expect(200);
  expect(body.putAsideUntil).toBe('2031-10-12T07:00:00.000Z');
  expect(body.statusNote).toMatch(/^Отложена до 12 октября 2031/);
  await api.as(client).post(`/portal/tickets/${first}/comments`).send({ text: 'Уже привезли' }).expect(201);
  expect(await get(first)).toMatchObject({ putAsideUntil: null, status: { code: 'new' } });
  await api.as(client).post(`/portal/tickets/${second}/comments`).send({ text: 'Вот ответ' }).expect(201);
  expect(await get(second)).toMatchObject({ putAsideUntil: null, status: { code: 'in_work' } });
  await api.get(Comments).add(api.system, third, {
    text: 'Письмом',
    audience: ['client'],
    source: 'email',
    author: { kind: 'contact', id: client.id, name: 'Клиент' },
  });
  expect((await get(third)).putAsideUntil).toBeNull();
  expect((await api.as(client).get(`/portal/tickets/${third}`)).body.statusNote).toBeNull();
});

it('T-07: tickets put aside can be found and ordered', async () => {
  const [soon, late, never] = [await aTicket(api), await aTicket(api), await aTicket(api)];
  await putAside(late.id, { until: '2032-05-01T09:00:00Z' }).expect(200);
  await putAside(soon.id, { until: '2032-03-01T09:00:00Z' }).expect(200);
  expect(await found('is:put_aside aside:>=2032-01-01 sort:aside')).toEqual([soon.id, late.id]);
  expect(await found('aside:2032-05-01')).toEqual([late.id]);
  expect(await found('-is:put_aside')).toContain(never.id);
  expect(await found('aside:none')).not.toContain(soon.id);
});

it('T-07: who may not move a ticket may not put it aside', async () => {
  const stranger = await anEmployee(api, { role: 'accountant' });
  const { id } = await aTicket(api);
  const { status } = await api
    .as(stranger)
    .post(`/tickets/${id}/put-aside`)
    .send({ until: inSeconds(60) });
  expect([403, 404]).toContain(status);
  await putAside(newId(), { until: inSeconds(60) }).expect(404);
});
