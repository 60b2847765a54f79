import { startApi, type TestApi } from '@opora/platform/testing';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { ClientsModule } from './clients.module';
import { Responsibles } from './responsibles.service';
import { aCompany, aContact, anObject } from './testing';

let api: TestApi;
let dispatcher: TestEmployee;

beforeAll(async () => {
  api = await startApi(ClientsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
});
afterAll(() => api.close());

const foreign = '019b0000-0000-7000-8000-00000000dead';
type Node = { id: string; name: string; depth: number; childCount: number };
const tree = async (companyId: string, state = 'active'): Promise<Node[]> =>
  (await api.as(dispatcher).get(`/companies/${companyId}/object-tree?state=${state}`).expect(200)).body.data;
const shape = (nodes: Node[]) => nodes.map(({ name, depth }) => `${depth} ${name}`);

/** directorate → shop → room */
async function aBranch() {
  const company = await aCompany(api);
  const directorate = await anObject(api, { companyId: company.id, name: 'Дирекция', kind: 'directorate' });
  const shop = await anObject(api, { companyId: company.id, name: 'Магазин', kind: 'shop', parentId: directorate.id });
  const room = await anObject(api, { companyId: company.id, name: 'Зал', kind: 'room', parentId: shop.id });
  return { company, directorate, shop, room };
}

describe('C-04 the tree', () => {
  it('C-04: holding → directorate → shop → room, in the order one reads a tree', async () => {
    const { company, directorate, shop, room } = await aBranch();
    await anObject(api, { companyId: company.id, name: 'Архив', parentId: shop.id });
    await anObject(api, { companyId: company.id, name: 'Автопарк' });
    expect(shape(await tree(company.id))).toEqual(['1 Автопарк', '1 Дирекция', '2 Магазин', '3 Архив', '3 Зал']);
    const { body } = await api.as(dispatcher).get(`/service-objects/${room.id}`).expect(200);
    expect(body.ancestors).toEqual([directorate, shop].map(({ id, name }) => ({ id, name })));
    const within = await api.as(dispatcher).get(`/service-objects?within=${directorate.id}`).expect(200);
    expect(within.body.data).toHaveLength(4);
    expect(
      (await api.as(dispatcher).get(`/service-objects?parentId=${shop.id}&kind=room`).expect(200)).body.data,
    ).toMatchObject([{ id: room.id }]);
  });

  it('C-04: address, time zone and responsible are inherited, each says from where, and the nearest wins', async () => {
    const team = await aTeam(api);
    const company = await aCompany(api, { address: 'Москва', timeZone: 'Europe/Moscow', responsibleTeamId: team.id });
    const region = await anObject(api, { companyId: company.id, name: 'Сибирь', timeZone: 'Asia/Novosibirsk' });
    const shop = await anObject(api, {
      companyId: company.id,
      name: 'Омск',
      parentId: region.id,
      address: 'Омск, Ленина 1',
      responsibleEmployeeId: dispatcher.id,
    });
    const room = await anObject(api, { companyId: company.id, name: 'Касса', parentId: shop.id });
    const effective = async (id: string) =>
      (await api.as(dispatcher).get(`/service-objects/${id}`).expect(200)).body.effective;
    expect(await effective(room.id)).toEqual({
      address: { value: 'Омск, Ленина 1', from: { kind: 'object', id: shop.id, name: 'Омск' } },
      timeZone: { value: 'Asia/Novosibirsk', from: { kind: 'object', id: region.id, name: 'Сибирь' } },
      responsible: {
        value: { employee: { id: dispatcher.id, name: dispatcher.name }, team: null },
        from: { kind: 'object', id: shop.id, name: 'Омск' },
      },
    });
    expect(await effective(region.id)).toMatchObject({
      address: { value: 'Москва', from: { kind: 'company', id: company.id } },
      responsible: { value: { employee: null, team: { id: team.id } }, from: { kind: 'company' } },
    });
  });

  it('R-02: the responsible of the nearest level gets the work; who left and closed teams are passed over', async () => {
    const [nearTeam, farTeam] = [await aTeam(api), await aTeam(api)];
    const leaver = await anEmployee(api);
    const company = await aCompany(api, { responsibleTeamId: farTeam.id });
    const shop = await anObject(api, { companyId: company.id, responsibleTeamId: nearTeam.id });
    const room = await anObject(api, { companyId: company.id, parentId: shop.id, responsibleEmployeeId: leaver.id });
    const who = (objectId?: string) => api.get(Responsibles).find(api.system, { companyId: company.id, objectId });
    expect(await who(room.id)).toMatchObject({
      assignee: { id: leaver.id },
      assigneeTeam: null,
      from: { kind: 'object', id: room.id },
    });
    expect(await who()).toMatchObject({
      assignee: null,
      assigneeTeam: { id: farTeam.id },
      from: { kind: 'company', id: company.id },
    });
    await api.db.query(api.system, 'UPDATE employee SET "archivedAt" = now() WHERE id = $1', [leaver.id]);
    expect(await who(room.id)).toMatchObject({ assigneeTeam: { id: nearTeam.id }, from: { id: shop.id } });
    await api.db.query(api.system, 'UPDATE team SET "archivedAt" = now() WHERE id = $1', [nearTeam.id]);
    expect(await who(room.id)).toMatchObject({ assigneeTeam: { id: farTeam.id }, from: { kind: 'company' } });
    const nobody = await api.get(Responsibles).find(api.system, { companyId: (await aCompany(api)).id });
    expect(nobody).toBeUndefined();
  });

  it('C-04: a branch moves with all below it, and inheritance follows', async () => {
    const { company, shop, room } = await aBranch();
    const other = await anObject(api, { companyId: company.id, name: 'Другая дирекция', address: 'Пермь' });
    const { body } = await api
      .as(dispatcher)
      .post(`/service-objects/${shop.id}/move`)
      .send({ parentId: other.id })
      .expect(200);
    expect(body).toMatchObject({ parentId: other.id, ancestors: [{ id: other.id }] });
    expect(shape(await tree(company.id))).toEqual(['1 Дирекция', '1 Другая дирекция', '2 Магазин', '3 Зал']);
    expect((await api.as(dispatcher).get(`/service-objects/${room.id}`)).body.effective.address).toMatchObject({
      value: 'Пермь',
      from: { id: other.id },
    });
    await api.as(dispatcher).post(`/service-objects/${shop.id}/move`).send({ parentId: null }).expect(200);
    expect(shape(await tree(company.id))).toEqual(['1 Дирекция', '1 Другая дирекция', '1 Магазин', '2 Зал']);
  });

  it('C-04: nothing moves into itself, into its own part, or into another company', async () => {
    const { company, directorate, room } = await aBranch();
    const stranger = await anObject(api, { companyId: (await aCompany(api)).id });
    const move = (id: string, parentId: unknown) =>
      api.as(dispatcher).post(`/service-objects/${id}/move`).send({ parentId });
    for (const parent of [directorate.id, room.id, room.id.toUpperCase()]) {
      expect((await move(directorate.id.toUpperCase(), parent).expect(409)).body.code).toBe('clients.objectCycle');
    }
    expect((await move(room.id, stranger.id).expect(422)).body.errors).toMatchObject([{ pointer: '/parentId' }]);
    await move(room.id, foreign).expect(422);
    await move(foreign, null).expect(404);
    await api.as(dispatcher).post(`/service-objects/${room.id}/move`).send({}).expect(422);
    expect(shape(await tree(company.id))).toEqual(['1 Дирекция', '2 Магазин', '3 Зал']);
  });

  it('C-04: two moves at once never make a circle', async () => {
    const { id: companyId } = await aCompany(api);
    const [one, two] = [
      await anObject(api, { companyId, name: 'Один' }),
      await anObject(api, { companyId, name: 'Два' }),
    ];
    const move = (id: string, parentId: string) =>
      api.as(dispatcher).post(`/service-objects/${id}/move`).send({ parentId });
    const answers = await Promise.all([move(one.id, two.id), move(two.id, one.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await tree(companyId)).map(({ depth }) => depth)).toEqual([1, 2]);
  });

  it('C-04: the tree is at most 12 levels deep, also after a move', async () => {
    const { id: companyId } = await aCompany(api);
    const chain: string[] = [];
    for (let depth = 1; depth <= 12; depth++)
      chain.push((await anObject(api, { companyId, parentId: chain.at(-1) ?? null })).id);
    const refused = await api
      .as(dispatcher)
      .post('/service-objects')
      .send({ companyId, parentId: chain.at(-1), name: 'Тринадцатый' })
      .expect(409);
    expect(refused.body.code).toBe('clients.objectTooDeep');
    const top = await anObject(api, { companyId, name: 'Новый верх' });
    expect(
      (await api.as(dispatcher).post(`/service-objects/${chain[0]}/move`).send({ parentId: top.id }).expect(409)).body
        .code,
    ).toBe('clients.objectTooDeep');
    await api.as(dispatcher).post(`/service-objects/${chain[11]}/move`).send({ parentId: top.id }).expect(200);
  });

  it('C-04: a branch goes into the archive as a whole and comes back with what went with it', async () => {
    const { company, directorate, shop, room } = await aBranch();
    await api.as(dispatcher).post(`/service-objects/${room.id}/archive`).expect(200);
    await api.advance({ seconds: 5 });
    await api.as(dispatcher).post(`/service-objects/${directorate.id}/archive`).expect(200);
    expect(await tree(company.id)).toEqual([]);
    expect((await api.as(dispatcher).post(`/service-objects/${shop.id}/restore`).expect(409)).body.code).toBe(
      'clients.parentArchived',
    );
    expect(
      (
        await api
          .as(dispatcher)
          .post('/service-objects')
          .send({ companyId: company.id, parentId: shop.id, name: 'x' })
          .expect(409)
      ).body.code,
    ).toBe('clients.parentArchived');
    await api.as(dispatcher).post(`/service-objects/${directorate.id}/restore`).expect(200);
    expect(shape(await tree(company.id))).toEqual(['1 Дирекция', '2 Магазин']);
    expect(shape(await tree(company.id, 'all'))).toHaveLength(3);
  });

  it('an archived company gets no new objects', async () => {
    const { id: companyId } = await aCompany(api);
    await api.as(dispatcher).post(`/companies/${companyId}/archive`).expect(200);
    expect(
      (await api.as(dispatcher).post('/service-objects').send({ companyId, name: 'x' }).expect(409)).body.code,
    ).toBe('clients.companyArchived');
  });

  it('changes of different fields merge, of the same field conflict', async () => {
    const { id } = await anObject(api, { companyId: (await aCompany(api)).id });
    const patch = (version: number, body: object) =>
      api.as(dispatcher).patch(`/service-objects/${id}`).set('if-match', `"${version}"`).send(body);
    await patch(1, { address: 'Тула' }).expect(200);
    expect((await patch(1, { name: 'Склад' }).expect(200)).body).toMatchObject({
      name: 'Склад',
      address: 'Тула',
      version: 3,
    });
    expect((await patch(1, { address: 'Орёл' }).expect(412)).body).toMatchObject({
      conflicts: [{ field: 'address', theirs: 'Тула' }],
      current: { version: 3 },
    });
    await patch(3, { companyId: foreign }).expect(422);
    await patch(3, { parentId: null }).expect(422);
    await patch(3, { name: null }).expect(422);
    await patch(3, { kind: null }).expect(422);
    await patch(3, { responsibleEmployeeId: foreign }).expect(422);
    await api.as(dispatcher).patch(`/service-objects/${id}`).send({ name: 'x' }).expect(428);
  });

  it.each<[object, string]>([
    [{ name: 'x' }, '/companyId'],
    [{ name: 'x', companyId: foreign }, '/companyId'],
    [{ name: 'x', companyId: 'x' }, '/companyId'],
    [{ name: '', companyId: foreign }, '/name'],
    [{ name: 'x', companyId: foreign, kind: 'planet' }, '/kind'],
    [{ name: 'x', companyId: foreign, path: [] }, '/path'],
    [{ name: 'x', companyId: foreign, longitude: 200 }, '/longitude'],
  ])('refuses input number %# at its field', async (input, pointer) => {
    const { body } = await api.as(dispatcher).post('/service-objects').send(input).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});

describe('who sees what', () => {
  it('the routes are closed to contacts and to those without the permission', async () => {
    const { company, shop } = await aBranch();
    const contact = await aContact(api, { companyId: company.id, rights: { isAdmin: true } });
    const engineer = await anEmployee(api, { role: 'engineer' });
    await api.anonymous.get('/service-objects').expect(401);
    await api.as(contact).get(`/service-objects/${shop.id}`).expect(403);
    await api.as(engineer).get(`/service-objects/${shop.id}`).expect(200);
    await api.as(engineer).post(`/service-objects/${shop.id}/move`).send({ parentId: null }).expect(403);
    await api.as(engineer).post(`/service-objects/${shop.id}/archive`).expect(403);
  });

  it('PO-02: the portal offers the objects within reach and names nothing above or beside them', async () => {
    const { company, directorate, shop, room } = await aBranch();
    await anObject(api, { companyId: company.id, name: 'Соседний магазин', parentId: directorate.id });
    await anObject(api, { companyId: (await aCompany(api)).id, name: 'Чужой объект' });
    const names = async (who: Awaited<ReturnType<typeof aContact>>, query = '') =>
      (await api.as(who).get(`/portal/objects${query}`).expect(200)).body.data.map(
        ({ name, ancestors }: { name: string; ancestors: { name: string }[] }) =>
          [...ancestors.map((ancestor) => ancestor.name), name].join(' / '),
      );
    const wide = await aContact(api, { companyId: company.id });
    expect(await names(wide)).toEqual([
      'Дирекция',
      'Дирекция / Магазин / Зал',
      'Дирекция / Магазин',
      'Дирекция / Соседний магазин',
    ]);
    const narrow = await aContact(api, { companyId: company.id, rights: { objectIds: [shop.id] } });
    expect(await names(narrow)).toEqual(['Магазин / Зал', 'Магазин']);
    expect(await names(narrow, '?q=сосед')).toEqual([]);
    expect(await names(narrow, `?companyId=${foreign}`)).toEqual([]);
    expect(await names(await aContact(api))).toEqual([]);
    expect(room.name).toBe('Зал');
  });

  it('pickers offer objects of the company with the way to them', async () => {
    const { company, room } = await aBranch();
    const { body } = await api.as(dispatcher).get(`/directory/objects?companyId=${company.id}&q=зал`).expect(200);
    expect(body.data).toEqual([
      {
        id: room.id,
        companyId: company.id,
        name: 'Зал',
        kind: 'room',
        ancestors: [
          { id: expect.any(String), name: 'Дирекция' },
          { id: expect.any(String), name: 'Магазин' },
        ],
      },
    ]);
  });
});
