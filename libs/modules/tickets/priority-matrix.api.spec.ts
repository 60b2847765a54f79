import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let [admin, dispatcher]: Awaited<ReturnType<typeof anEmployee>>[] = [];
let shipped: Matrix;
type Matrix = { isOn: boolean; impacts: Level[]; urgencies: Level[]; cells: object[] };
type Level = { code: string; label?: string };
beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api, { role: 'dispatcher' })];
  shipped = (await api.as(admin).get('/priority-matrix').expect(200)).body;
});
afterAll(() => api.close());

/** The matrix as it is sent back. */
const plain = (matrix: Matrix, more: object = {}) => ({
  ...matrix,
  impacts: matrix.impacts.map(({ label: _, ...level }) => level),
  urgencies: matrix.urgencies.map(({ label: _, ...level }) => level),
  ...more,
});
const put = (body: object) => api.as(admin!).put('/priority-matrix').send(body);
const turn = (isOn: boolean) => put(plain(shipped, { isOn })).expect(200);
const create = (input: object) =>
  api
    .as(dispatcher!)
    .post('/tickets')
    .send({ subject: 'Вес', ...input });
const patch = (ticket: { id: string; version: number }, input: object) =>
  api.as(dispatcher!).patch(`/tickets/${ticket.id}`).set('if-match', `"${ticket.version}"`).send(input).expect(200);

it('T-08: the matrix is shipped whole and switched off: weights are kept and weigh nothing', async () => {
  expect(shipped.isOn).toBe(false);
  expect(shipped.cells).toHaveLength(9);
  expect(shipped.impacts.map(({ label }) => label)).toEqual(['Один человек', 'Объект или отдел', 'Вся компания']);
  const { body } = await create({ impact: 'company', urgency: 'high' }).expect(201);
  expect(body).toMatchObject({ impact: 'company', urgency: 'high', priority: { code: 'normal' } });
});

it('T-08: impact and urgency make the priority, unless one is given', async () => {
  await turn(true);
  const [high] = await api.db.query<{ id: string }>(api.system, `SELECT id FROM priority WHERE code = 'high'`);
  const codeOf = async (input: object): Promise<string> => (await create(input).expect(201)).body.priority.code;
  expect(await codeOf({ impact: 'company', urgency: 'high' })).toBe('critical');
  expect(await codeOf({ impact: 'person', urgency: 'low' })).toBe('low');
  expect(await codeOf({ impact: 'company' })).toBe('normal');
  expect(await codeOf({ impact: 'person', urgency: 'low', priorityId: high!.id })).toBe('high');
  await turn(false);
});

it('T-08: a new weight makes a new priority, with a line for each in the history', async () => {
  await turn(true);
  const ticket = (await create({ impact: 'person', urgency: 'low' }).expect(201)).body;
  const worse = (await patch(ticket, { urgency: 'high' })).body;
  expect(worse.priority.code).toBe('high');
  const lines = (await api.as(dispatcher!).get(`/tickets/${ticket.id}/history`)).body.data;
  expect(lines.find(({ field }: { field: string }) => field === 'urgency')).toMatchObject({
    before: 'low',
    after: 'high',
    afterLabel: 'Работа стоит',
  });
  const same = (await patch(worse, { subject: 'Другое' })).body;
  expect(same.priority.code).toBe('high');
  expect((await patch(same, { urgency: null })).body).toMatchObject({ urgency: null, priority: { code: 'high' } });
  await turn(false);
});

it('T-08: an unknown weight is refused by its field', async () => {
  const { body } = await create({ impact: 'galaxy', urgency: 'soon' }).expect(422);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/impact', '/urgency']);
});

it.each<[string, () => object, string]>([
  ['a hole where it decides', () => ({ isOn: true, cells: shipped.cells.slice(1) }), '/cells'],
  ['nothing to decide by', () => ({ isOn: true, impacts: [], urgencies: [], cells: [] }), '/cells'],
  ['a cell of an unknown level', () => ({ impacts: [] }), '/cells/0/impact'],
  [
    'an unknown priority',
    () => ({ cells: [{ impact: 'person', urgency: 'low', priorityId: newId() }] }),
    '/cells/0/priorityId',
  ],
  ['a cell twice', () => ({ cells: [...shipped.cells, shipped.cells[0]] }), '/cells'],
])('T-08: a matrix with %s is refused', async (_, more, pointer) => {
  const { body } = await put(plain(shipped, more())).expect(422);
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  expect((await api.as(dispatcher!).get('/priority-matrix')).body).toEqual(shipped);
});

it('T-08: only those who may configure change the matrix', () =>
  api.as(dispatcher!).put('/priority-matrix').send(plain(shipped)).expect(403));
