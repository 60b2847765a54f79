import { Role } from '@opora/modules/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { ClientsModule } from './clients.module';
import { aCategory, aCompany, aContact } from './testing';

let api: TestApi;
let dispatcher: TestEmployee;

beforeAll(async () => {
  api = await startApi(ClientsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
});
afterAll(() => api.close());

const foreign = '019b0000-0000-7000-8000-00000000dead';

/** An employee whose role reaches only the companies of the categories. */
async function aCategoryManager(categoryIds: string[]) {
  const id = newId();
  await api.db.repo(api.system, Role).insert({
    id,
    code: null,
    name: { ru: 'Клиенты группы', en: 'Clients of a group' },
    scope: 'categories',
    categoryIds,
    isPreset: false,
    createdAt: new Date(),
    permissions: ['clients.read', 'clients.manage', 'clients.read_contacts'],
  });
  return anEmployee(api, { roleIds: [id] });
}

describe('C-01 companies', () => {
  it('C-01: keeps every field of one request and shows it back', async () => {
    const category = await aCategory(api);
    const team = await aTeam(api);
    const fields = {
      name: 'Ромашка Ритейл',
      additionalName: 'ООО «Ромашка Ритейл»',
      site: 'https://romashka.example',
      email: 'office@romashka.example',
      phone: '8 (495) 123-45-67',
      address: 'Москва, Ленинский проспект, 1',
      latitude: 55.7,
      longitude: 37.6,
      comment: 'Первая\nвторая',
      inn: '7707083893',
      timeZone: 'Europe/Moscow',
      isClient: true,
      isPartner: true,
      isSupplier: true,
      externalIds: { '1c': '000123', okdesk: '77' },
      emailDomains: ['romashka.example'],
    };
    const input = {
      ...fields,
      categoryIds: [category.id],
      responsibleEmployeeId: dispatcher.id,
      responsibleTeamId: team.id,
    };
    const created = await api.as(dispatcher).post('/companies').send(input).expect(201);
    expect(created.headers.etag).toBe('"1"');
    expect(created.body).toMatchObject({
      ...fields,
      categories: [{ id: category.id, code: category.code }],
      responsible: { employee: { id: dispatcher.id, name: dispatcher.name }, team: { id: team.id, name: team.name } },
      version: 1,
      archivedAt: null,
      contactsHidden: false,
      contactCount: 0,
      objectCount: 0,
      can: { manage: true },
    });
    const read = await api.as(dispatcher).get(`/companies/${created.body.id}`).expect(200);
    expect(read.body).toEqual(created.body);
    const byExternal = await api.as(dispatcher).get('/companies?externalSystem=1c&externalId=000123').expect(200);
    expect(byExternal.body.data.map(({ id }: { id: string }) => id)).toEqual([created.body.id]);
  });

  it('C-07: one company is client, partner and supplier at once and is found as each', async () => {
    const company = await aCompany(api, { isClient: true, isPartner: true, isSupplier: true, name: 'Тройная роль' });
    for (const kind of ['client', 'partner', 'supplier']) {
      const { body } = await api.as(dispatcher).get(`/companies?kind=${kind}&q=тройная`).expect(200);
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([company.id]);
    }
    const onlyClient = await aCompany(api, { name: 'Только клиент тройная' });
    const { body } = await api.as(dispatcher).get('/companies?kind=supplier&q=тройная').expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(onlyClient.id);
  });

  it.each([
    [{ inn: '7736207543' }, { inn: '7736207543' }, 'inn'],
    [{ phone: '8 (499) 765-43-21' }, { phone: '+7 499 7654321' }, 'phone'],
    [{ site: 'www.acme-dedupe.example' }, { email: 'office@acme-dedupe.example' }, 'domain'],
  ])('C-01: refuses a company known by %j, unless it is confirmed', async (first, second, sameBy) => {
    const known = await api
      .as(dispatcher)
      .post('/companies')
      .send({ name: 'Известная', ...first })
      .expect(201);
    const refused = await api
      .as(dispatcher)
      .post('/companies')
      .send({ name: 'Двойник', ...second })
      .expect(409);
    expect(refused.body).toMatchObject({
      code: 'clients.duplicateCompany',
      duplicates: [{ id: known.body.id, name: 'Известная', sameBy: [sameBy] }],
    });
    await api
      .as(dispatcher)
      .post('/companies')
      .send({ name: 'Двойник', ...second, confirmDuplicate: true })
      .expect(201);
  });

  it('C-01: of two requests with one tax number at the same moment exactly one passes', async () => {
    const one = () => api.as(dispatcher).post('/companies').send({ name: 'Гонка', inn: '500100732259' });
    const answers = await Promise.all([one(), one(), one()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('C-01: free mail providers do not make two companies one', async () => {
    await api.as(dispatcher).post('/companies').send({ name: 'Частник 1', email: 'one@mail.ru' }).expect(201);
    await api.as(dispatcher).post('/companies').send({ name: 'Частник 2', email: 'two@mail.ru' }).expect(201);
  });

  it('C-01: archives instead of deleting: out of the list, still readable, and back', async () => {
    const company = await aCompany(api, { name: 'Ушедшая компания' });
    const list = async (state: string) =>
      (await api.as(dispatcher).get(`/companies?q=ушедшая&state=${state}`).expect(200)).body.data.length;
    await api.as(dispatcher).post(`/companies/${company.id}/archive`).expect(200);
    expect([await list('active'), await list('archived')]).toEqual([0, 1]);
    expect((await api.as(dispatcher).get(`/companies/${company.id}`).expect(200)).body.archivedAt).not.toBeNull();
    await api.as(dispatcher).post(`/companies/${company.id}/restore`).expect(200);
    expect([await list('active'), await list('archived')]).toEqual([1, 0]);
  });

  it('pages through every company exactly once, also through equal names', async () => {
    for (let index = 0; index < 7; index++) await aCompany(api, { name: `Страница ${index % 2}` });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.as(dispatcher).get(`/companies?q=страница&limit=3&cursor=${cursor}`).expect(200);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.page.next ?? '';
    } while (cursor);
    expect(seen.length).toBe(7);
    expect(new Set(seen).size).toBe(7);
  });
});

describe('changes by several people', () => {
  const patch = (id: string, version: number, body: object) =>
    api.as(dispatcher).patch(`/companies/${id}`).set('if-match', `"${version}"`).send(body);

  it('needs If-Match', async () => {
    const company = await aCompany(api);
    await api.as(dispatcher).patch(`/companies/${company.id}`).send({ name: 'x' }).expect(428);
  });

  it('different fields merge, the same field conflicts with both values, and nothing is half-written', async () => {
    const { id } = await aCompany(api, { name: 'Было' });
    await patch(id, 1, { address: 'Тула' }).expect(200);
    const merged = await patch(id, 1, { name: 'Стало' }).expect(200);
    expect(merged.body).toMatchObject({ name: 'Стало', address: 'Тула', version: 3 });
    const refused = await patch(id, 2, { name: 'Иначе', comment: 'не запишется' }).expect(412);
    expect(refused.body).toMatchObject({
      code: 'clients.stale',
      conflicts: [{ field: 'name', yours: 'Иначе', theirs: 'Стало' }],
      current: { name: 'Стало', version: 3, comment: null },
    });
    expect((await api.as(dispatcher).get(`/companies/${id}`)).body).toMatchObject({
      name: 'Стало',
      comment: null,
      version: 3,
    });
  });

  it('of many changes of one field at the same moment exactly one wins', async () => {
    const { id } = await aCompany(api);
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((name) => patch(id, 1, { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('a patch without anything new changes nothing', async () => {
    const { id, name } = await aCompany(api);
    expect((await patch(id, 1, { name }).expect(200)).body.version).toBe(1);
    expect((await patch(id, 1, {}).expect(200)).body.version).toBe(1);
  });
});

describe('C-02 categories', () => {
  it('C-02: a company is in several groups, and a group lists every place that uses it', async () => {
    const [gold, chain] = [await aCategory(api, { name: 'Золото' }), await aCategory(api, { name: 'Сеть' })];
    const company = await aCompany(api, { categoryIds: [gold.id, chain.id] });
    await aCompany(api, { categoryIds: [gold.id] });
    await aCategoryManager([gold.id]);
    const { body } = await api.as(dispatcher).get(`/companies/${company.id}`).expect(200);
    expect(body.categories.map(({ name }: { name: string }) => name)).toEqual(['Золото', 'Сеть']);
    const categories = (await api.as(dispatcher).get('/company-categories').expect(200)).body.data;
    expect(categories.find(({ id }: { id: string }) => id === gold.id)).toMatchObject({
      companyCount: 2,
      roles: [{ name: { en: 'Clients of a group' } }],
    });
    expect(categories.find(({ id }: { id: string }) => id === chain.id)).toMatchObject({ companyCount: 1, roles: [] });
    const listed = await api.as(dispatcher).get(`/companies?categoryId=${chain.id}`).expect(200);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([company.id]);
  });

  it('a category’s code is taken once', async () => {
    const { code } = await aCategory(api);
    const { body } = await api
      .as(dispatcher)
      .post('/company-categories')
      .send({ code, name: 'Ещё', color: '#112233' })
      .expect(409);
    expect(body.code).toBe('clients.categoryCodeTaken');
  });

  it('a category is renamed and recoloured', async () => {
    const { id } = await aCategory(api);
    const { body } = await api
      .as(dispatcher)
      .patch(`/company-categories/${id}`)
      .send({ name: 'Новое имя', color: '#ABCDEF' })
      .expect(200);
    expect(body).toMatchObject({ name: 'Новое имя', color: '#abcdef' });
    await api.as(dispatcher).patch(`/company-categories/${foreign}`).send({ name: 'x' }).expect(404);
  });
});

describe('S-01 reach', () => {
  it('S-01: a role of chosen groups sees, finds and changes only their companies', async () => {
    const [mine, other] = [await aCategory(api), await aCategory(api)];
    const seen = await aCompany(api, { name: 'Досягаемая', categoryIds: [mine.id] });
    const hidden = await aCompany(api, { name: 'Недосягаемая', categoryIds: [other.id], inn: '7702070139' });
    const manager = await aCategoryManager([mine.id]);
    const { body } = await api.as(manager).get('/companies?state=all').expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([seen.id]);
    await api.as(manager).get(`/companies/${hidden.id}`).expect(404);
    await api.as(manager).patch(`/companies/${hidden.id}`).set('if-match', '"1"').send({ name: 'Взлом' }).expect(404);
    await api.as(manager).post(`/companies/${hidden.id}/archive`).expect(404);
    await api.as(manager).get(`/companies/${hidden.id}/object-tree`).expect(404);
    expect((await api.as(dispatcher).get(`/companies/${hidden.id}`)).body).toMatchObject({
      name: 'Недосягаемая',
      archivedAt: null,
    });
    expect((await api.as(manager).get('/directory/companies').expect(200)).body.data).toHaveLength(1);
    // A double he may not see is not told to him.
    await api
      .as(manager)
      .post('/companies')
      .send({ name: 'Своя', inn: '7702070139', categoryIds: [mine.id] })
      .expect(201);
  });

  it('S-01: nobody writes a company out of his own reach', async () => {
    const [mine, other] = [await aCategory(api), await aCategory(api)];
    const manager = await aCategoryManager([mine.id]);
    const refused = await api
      .as(manager)
      .post('/companies')
      .send({ name: 'Ничья', categoryIds: [other.id] })
      .expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/categoryIds', code: 'clients.categoryOutOfReach' }]);
    const company = await aCompany(api, { categoryIds: [mine.id] });
    await api
      .as(manager)
      .patch(`/companies/${company.id}`)
      .set('if-match', '"1"')
      .send({ categoryIds: [] })
      .expect(422);
    expect((await api.as(manager).get(`/companies/${company.id}`).expect(200)).body.categories).toHaveLength(1);
  });

  it('the routes are closed without sign-in, without the permission and for contacts', async () => {
    const company = await aCompany(api);
    const engineer = await anEmployee(api, { role: 'engineer' });
    const nobody = await anEmployee(api, { role: [] });
    const contact = await aContact(api, { companyId: company.id, rights: { isAdmin: true, seesCompany: true } });
    await api.anonymous.get('/companies').expect(401);
    await api.as(nobody).get('/companies').expect(403);
    await api.as(contact).get('/companies').expect(403);
    await api.as(contact).get(`/companies/${company.id}`).expect(403);
    await api.as(engineer).get(`/companies/${company.id}`).expect(200);
    await api.as(engineer).post('/companies').send({ name: 'x' }).expect(403);
    await api.as(engineer).patch(`/companies/${company.id}`).set('if-match', '"1"').send({ name: 'x' }).expect(403);
  });

  it('R-05: whoever must not see clients’ contacts neither reads, finds nor writes them', async () => {
    const company = await aCompany(api, {
      name: 'Скрытые телефоны',
      phone: '8 495 777-66-55',
      email: 'secret@hidden.example',
    });
    const developer = await anEmployee(api, { role: 'developer' });
    const read = await api.as(developer).get(`/companies/${company.id}`).expect(200);
    expect(read.body).toMatchObject({ name: 'Скрытые телефоны', phone: null, email: null, contactsHidden: true });
    for (const q of ['84957776655', 'secret@hidden']) {
      expect((await api.as(developer).get('/companies').query({ q }).expect(200)).body.data).toEqual([]);
      expect((await api.as(developer).get('/directory/companies').query({ q }).expect(200)).body.data).toEqual([]);
      expect((await api.as(dispatcher).get('/companies').query({ q }).expect(200)).body.data).toHaveLength(1);
    }
    const team = await aTeam(api, { hidesClientContacts: true });
    const lead = await anEmployee(api, { role: 'dispatcher', teamIds: [team.id] });
    expect((await api.as(lead).get(`/companies/${company.id}`)).body).toMatchObject({
      phone: null,
      contactsHidden: true,
    });
    await api.as(lead).patch(`/companies/${company.id}`).set('if-match', '"1"').send({ phone: null }).expect(403);
  });
});

describe('hostile input', () => {
  it.each<[object, string]>([
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: '   ' }, '/name'],
    [{ name: null }, '/name'],
    [{ name: 5 }, '/name'],
    [{ name: ['x'] }, '/name'],
    [{ name: { x: 1 } }, '/name'],
    [{ name: 'x'.repeat(1_000_000) }, '/name'],
    [{ name: 'a\u0000b' }, '/name'],
    [{ name: 'x', inn: '7707083894' }, '/inn'],
    [{ name: 'x', phone: 'позвоните' }, '/phone'],
    [{ name: 'x', phone: ['84951234567'] }, '/phone'],
    [{ name: 'x', email: 'no' }, '/email'],
    [{ name: 'x', email: ['a@b.ru'] }, '/email'],
    [{ name: 'x', site: 'javascript:alert(1)' }, '/site'],
    [{ name: 'x', latitude: 91 }, '/latitude'],
    [{ name: 'x', latitude: '55' }, '/latitude'],
    [{ name: 'x', timeZone: 'Mars/Olympus' }, '/timeZone'],
    [{ name: 'x', isClient: null }, '/isClient'],
    [{ name: 'x', isClient: 'yes' }, '/isClient'],
    [{ name: 'x', externalIds: null }, '/externalIds'],
    [{ name: 'x', externalIds: { '1c': 5 } }, '/externalIds'],
    [{ name: 'x', emailDomains: ['не домен'] }, '/emailDomains'],
    [{ name: 'x', emailDomains: 'acme.ru' }, '/emailDomains'],
    [{ name: 'x', categoryIds: ['x'] }, '/categoryIds'],
    [{ name: 'x', categoryIds: [foreign] }, '/categoryIds/0'],
    [{ name: 'x', responsibleEmployeeId: foreign }, '/responsibleEmployeeId'],
    [{ name: 'x', responsibleTeamId: foreign }, '/responsibleTeamId'],
    [{ name: 'x', archivedAt: null }, '/archivedAt'],
    [{ name: 'x', id: foreign }, '/id'],
  ])('refuses input number %# at its field', async (input, pointer) => {
    const { body } = await api.as(dispatcher).post('/companies').send(input).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(body.errors.every((error: { message: string }) => error.message)).toBe(true);
  });

  it('null is no value for what a company always has', async () => {
    const { id } = await aCompany(api);
    for (const field of ['name', 'isClient', 'isPartner', 'isSupplier', 'externalIds', 'emailDomains', 'categoryIds']) {
      await api
        .as(dispatcher)
        .patch(`/companies/${id}`)
        .set('if-match', '"1"')
        .send({ [field]: null })
        .expect(422);
    }
  });

  it('broken JSON, a list for an object, a polluted prototype and bad cursors are 4xx', async () => {
    const post = (text: string) =>
      api.as(dispatcher).post('/companies').set('content-type', 'application/json').send(text);
    expect((await post('{"name":')).status).toBe(400);
    expect((await post('[{"name":"x"}]')).status).toBe(422);
    expect((await post('{"name":"x","__proto__":{"isAdmin":true}}')).status).toBeLessThan(500);
    expect((await post('{"name":"x","externalIds":{"constructor":"1"}}')).status).toBe(422);
    for (const query of [
      'cursor=x',
      'cursor=WzFd',
      'limit=0',
      'limit=201',
      'limit=1.5',
      'q=a&q=b',
      'categoryId=x',
      'state=deleted',
      'unknown=1',
      'q=%00',
    ]) {
      const { status } = await api.as(dispatcher).get(`/companies?${query}`);
      expect([query, status >= 400 && status < 500]).toEqual([query, true]);
    }
    await api.as(dispatcher).get(`/companies/${foreign}`).expect(404);
    await api.as(dispatcher).get('/companies/not-an-id').expect(422);
  });

  it('marks that turn text around are removed, tags are plain text, search words are not patterns', async () => {
    const { body } = await api
      .as(dispatcher)
      .post('/companies')
      .send({ name: '\u202e<script>alert(1)</script>\u2066' })
      .expect(201);
    expect(body.name).toBe('<script>alert(1)</script>');
    expect((await api.as(dispatcher).get('/companies').query({ q: '%_%' }).expect(200)).body.data).toEqual([]);
    expect((await api.as(dispatcher).get('/companies').query({ q: '\\' }).expect(200)).body.data).toEqual([]);
  });
});
