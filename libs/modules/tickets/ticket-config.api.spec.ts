import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let [admin, dispatcher]: Awaited<ReturnType<typeof anEmployee>>[] = [];
beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api, { role: 'dispatcher' })];
});
afterAll(() => api.close());

type Status = { id: string; code: string };
const local = (text: string) => ({ ru: text, en: text });
const as = () => api.as(admin!);
const aProcess = async () =>
  (
    await as()
      .post('/processes')
      .send({ code: `p${newId().slice(-8)}`, name: local('Схема') })
      .expect(201)
  ).body;
const aType = async (input: object = {}) =>
  (
    await as()
      .post('/ticket-types')
      .send({ code: `t${newId().slice(-8)}`, name: local('Тип'), ...input })
      .expect(201)
  ).body;
type Part = { id: string; code?: string };
/** Publishes a process with each transition and status made anew. */
async function redraw(process: Body, way: (part: Part) => object, status: (part: Part) => object): Promise<void> {
  const plain = ({ label: _, isInherited: __, ...part }: Part & { label?: string; isInherited?: boolean }): Part =>
    part;
  const { name, initialStatusId, transitions, statuses } = process.own;
  const definition = {
    name,
    initialStatusId,
    transitions: transitions.map((part) => way(plain(part))),
    statuses: statuses.map((part) => status(plain(part))),
  };
  const path = `/processes/${process.id}`;
  await as().put(`${path}/draft`).set('if-match', `"${process.revision}"`).send(definition).expect(200);
  await as().post(`${path}/publish`).send({}).expect(200);
}
type Body = {
  id: string;
  revision: number;
  own: { name: object; initialStatusId: string; transitions: Part[]; statuses: Part[] };
};
const create = (input: object) =>
  api
    .as(dispatcher!)
    .post('/tickets')
    .send({ subject: 'x', ...input });

describe('types', () => {
  it('T-02: a type with its form and process works at once', async () => {
    const process = await aProcess();
    const form = [
      { field: 'companyId', isAsked: true, isRequired: true, portal: { isAsked: false, isRequired: false } },
      { field: 'description', isAsked: true, isRequired: true, portal: { isAsked: true, isRequired: true } },
    ];
    const type = await aType({ processId: process.id, form });
    const { body } = await create({ typeId: type.id, description: '<p> </p>' }).expect(422);
    expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
      ['/companyId', 'tickets.fieldRequired'],
      ['/description', 'tickets.fieldRequired'],
    ]);
    const plain = await aType({ processId: process.id });
    expect((await create({ typeId: plain.id }).expect(201)).body.status.id).toBe(process.initialStatusId);
  });

  it('T-02: one default, archived types take no new tickets', async () => {
    const first = (await as().get('/ticket-types')).body.data.find(
      ({ isDefault }: { isDefault: boolean }) => isDefault,
    );
    const type = await aType();
    await as().patch(`/ticket-types/${type.id}`).send({ isDefault: true }).expect(200);
    const defaults = (await as().get('/ticket-types')).body.data.filter(
      ({ isDefault }: { isDefault: boolean }) => isDefault,
    );
    expect(defaults.map(({ id }: { id: string }) => id)).toEqual([type.id]);
    await as().patch(`/ticket-types/${type.id}`).send({ isArchived: true }).expect(409);
    await as().patch(`/ticket-types/${first.id}`).send({ isDefault: true }).expect(200);
    await as().patch(`/ticket-types/${type.id}`).send({ isArchived: true }).expect(200);
    expect((await create({ typeId: type.id }).expect(422)).body.errors[0]).toMatchObject({
      pointer: '/typeId',
      code: 'tickets.typeArchived',
    });
  });

  it('T-02: changing the type moves the ticket into the same place of the other process', async () => {
    const process = await aProcess();
    const type = await aType({ processId: process.id });
    const ticket = await aTicket(api, { status: 'waiting_client' });
    const { body } = await api
      .as(dispatcher!)
      .patch(`/tickets/${ticket.id}`)
      .set('if-match', '"1"')
      .send({ typeId: type.id })
      .expect(200);
    expect(body.status).toMatchObject({
      code: 'waiting_client',
      id: process.statuses.find(({ code }: Status) => code === 'waiting_client').id,
    });
  });

  it.each<[string, object, string]>([
    ['a code with spaces', { code: 'a b', name: local('x') }, '/code'],
    ['one language', { code: 'abc', name: { ru: 'x' } }, '/name/en'],
    [
      'an unknown field of the form',
      {
        code: 'abc',
        name: local('x'),
        form: [{ field: 'password', isAsked: true, isRequired: true, portal: { isAsked: true, isRequired: true } }],
      },
      '/form/0/field',
    ],
    ['an unknown process', { code: 'abc', name: local('x'), processId: newId() }, '/processId'],
    ['an archive at birth', { code: 'abc', name: local('x'), archivedAt: '2020-01-01T00:00:00Z' }, '/archivedAt'],
  ])('T-02: refuses %s', async (_, input, pointer) => {
    const { body } = await as().post('/ticket-types').send(input).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('T-02: a code is taken once, and only those who may configure change types', async () => {
    const { code } = await aType();
    await as()
      .post('/ticket-types')
      .send({ code, name: local('x') })
      .expect(409);
    await api
      .as(dispatcher!)
      .post('/ticket-types')
      .send({ code: 'other', name: local('x') })
      .expect(403);
    await api.as(dispatcher!).get('/ticket-types').expect(200);
    await as().patch(`/ticket-types/${newId()}`).send({}).expect(404);
  });
});

describe('processes', () => {
  it('T-05: the default process is whole', async () => {
    const [row] = (await as().get('/processes').expect(200)).body.data;
    const { body } = await as().get(`/processes/${row.id}`).expect(200);
    expect(body).toMatchObject({ code: 'default', isDefault: true, label: 'Основная схема', problems: [] });
    expect(body.statuses.map(({ code }: Status) => code)).toEqual([
      'new',
      'in_work',
      'waiting_client',
      'waiting_partner',
      'done',
      'closed',
    ]);
    expect(body.transitions).toHaveLength(21);
  });

  it('T-05: a transition may be for some types, roles and clients only', async () => {
    const process = await aProcess();
    const [mine, other] = [await aType({ processId: process.id }), await aType({ processId: process.id })];
    const ways = process.transitions.filter(({ fromId }: { fromId: string }) => fromId === process.initialStatusId);
    const limits: Record<string, object> = {
      [ways[0].id]: { typeIds: [mine.id] },
      [ways[1].id]: { roleCodes: ['admin'] },
    };
    await redraw(
      process,
      (way) => ({ ...way, ...limits[way.id] }),
      (status) => status,
    );
    const offered = async (typeId: string, person = dispatcher!) => {
      const { id } = await aTicket(api, { typeId });
      return (await api.as(person).get(`/tickets/${id}`)).body.transitions.map((way: { id: string }) =>
        ways.findIndex((known: { id: string }) => known.id === way.id),
      );
    };
    expect(await offered(mine.id)).toEqual([0, 2, 3, 4]);
    expect(await offered(other.id)).toEqual([2, 3, 4]);
    expect(await offered(mine.id, admin)).toEqual([0, 1, 2, 3, 4]);
    const { id } = await aTicket(api, { typeId: other.id });
    await api.as(dispatcher!).post(`/tickets/${id}/transition`).send({ transitionId: ways[0].id }).expect(409);
  });

  it('T-05: a new category of a status reaches the tickets that stand in it', async () => {
    const process = await aProcess();
    const type = await aType({ processId: process.id });
    const { id } = await aTicket(api, { typeId: type.id, status: 'waiting_partner' });
    await redraw(
      process,
      (way) => way,
      (status) =>
        status.code === 'waiting_partner'
          ? { ...status, category: 'in_work', clientName: local('У инженера') }
          : status,
    );
    const { body } = await api.as(dispatcher!).get(`/tickets/${id}`);
    expect(body.status).toMatchObject({ code: 'waiting_partner', category: 'in_work' });
  });
});

describe('priorities', () => {
  it('T-08: priorities are data with an order, a colour and one default', async () => {
    const { body } = await as()
      .post('/priorities')
      .send({ code: 'urgent', name: local('Срочный'), color: 'pink', position: 9 })
      .expect(201);
    const listed = (await as().get('/priorities')).body.data.map(({ code }: { code: string }) => code);
    expect(listed).toEqual(['low', 'normal', 'high', 'critical', 'urgent']);
    await as().patch(`/priorities/${body.id}`).send({ isDefault: true }).expect(200);
    expect((await create({}).expect(201)).body.priority.code).toBe('urgent');
    await as().patch(`/priorities/${body.id}`).send({ isArchived: true }).expect(409);
    await as()
      .post('/priorities')
      .send({ code: 'urgent', name: local('x'), color: 'pink' })
      .expect(409);
    await as()
      .post('/priorities')
      .send({ code: 'x', name: local('x'), color: '#ff0000' })
      .expect(422);
  });
});
