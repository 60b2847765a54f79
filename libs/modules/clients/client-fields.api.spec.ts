import { type CreateCustomField, CustomFieldDefinitions } from '@opora/modules/fields';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ClientsModule } from './clients.module';
import { aCompany, aContact, anObject } from './testing';

const name = (text: string) => ({ ru: text, en: text });
const option = (value: string, label = value) => ({ value, label: name(label), isArchived: false });
type Fields = Pick<CreateCustomField, 'subject' | 'code' | 'type'> & Partial<CreateCustomField>;
type Row = {
  id: string;
  version: number;
  customFields: Record<string, unknown>;
  customFieldTexts: Record<string, { text: string }>;
};

const FIELDS: Fields[] = [
  { subject: 'company', code: 'region', type: 'select', options: [option('north', 'Север'), option('south', 'Юг')] },
  { subject: 'company', code: 'turnover', type: 'money' },
  { subject: 'company', code: 'since', type: 'date' },
  { subject: 'company', code: 'tags', type: 'multiselect', options: [option('vip'), option('new')] },
  { subject: 'company', code: 'met', type: 'datetime' },
  { subject: 'company', code: 'note', type: 'text' },
  { subject: 'company', code: 'vip', type: 'checkbox' },
  { subject: 'company', code: 'branch', type: 'reference', config: { reference: 'company' } },
  { subject: 'company', code: 'year', type: 'formula', config: { formula: 'turnover * 12' } },
  { subject: 'contact', code: 'birthday', type: 'date', isClientVisible: true, isClientEditable: true },
  { subject: 'contact', code: 'level', type: 'number', isClientVisible: true },
  { subject: 'contact', code: 'secret', type: 'text' },
  { subject: 'object', code: 'area', type: 'number', isClientVisible: true },
  { subject: 'object', code: 'alarm', type: 'text' },
  { subject: 'object', code: 'keeper', type: 'reference', config: { reference: 'contact' } },
];

describe('T-03: custom fields of clients', () => {
  let api: TestApi;
  let dispatcher: TestEmployee;
  beforeAll(async () => {
    api = await startApi(ClientsModule);
    dispatcher = await anEmployee(api, { role: 'dispatcher' });
    for (const field of FIELDS)
      await api.get(CustomFieldDefinitions).create(api.system, { name: name(field.code), ...field });
  });
  afterAll(() => api.close());

  const post = (path: string, body: object) => api.as(dispatcher).post(path).send(body);
  const patch = (path: string, version: number, body: object) =>
    api.as(dispatcher).patch(path).set('if-match', `"${version}"`).send(body);
  const pointers = (body: { errors?: { pointer: string; code: string }[] }) =>
    (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

  it('are written with the company, read typed and in words', async () => {
    const branch = await aCompany(api, { name: 'Филиал' });
    const customFields = { region: 'north', turnover: '100.5', vip: false, tags: ['new', 'vip'], branch: branch.id };
    const made = (await post('/companies', { name: 'С полями', customFields }).expect(201)).body as Row;
    expect(made.customFields).toEqual({ ...customFields, turnover: '100.50', tags: ['vip', 'new'], year: 1206 });
    expect(made.customFieldTexts).toMatchObject({
      region: { text: 'Север' },
      branch: { text: 'Филиал' },
      vip: { text: 'Нет' },
    });
    const read = (await api.as(dispatcher).get(`/companies/${made.id}`).expect(200)).body as Row;
    expect(read.customFields).toEqual(made.customFields);
  });

  it('are refused all at once, and nothing is written', async () => {
    const count = async () =>
      (await api.db.query<{ n: string }>(api.system, 'SELECT count(*) AS n FROM company'))[0]!.n;
    const before = await count();
    const { body } = await post('/companies', {
      name: 'Не будет',
      customFields: { region: 'west', turnover: 5, nope: 1, year: 1, branch: dispatcher.id },
    }).expect(422);
    expect(pointers(body)).toEqual([
      '/customFields/region fields.valueOption',
      '/customFields/turnover fields.valueMoney',
      '/customFields/nope fields.fieldUnknown',
      '/customFields/year fields.formulaWritten',
      '/customFields/branch fields.referenceUnknown',
    ]);
    expect(await count()).toBe(before);
  });

  it.each<[string, unknown, string]>([
    ['a list', [], '/customFields validation.isObject'],
    ['a text', 'x', '/customFields validation.isObject'],
    ['null', null, '/customFields validation.isObject'],
    ['U+0000', { note: 'a\0' }, '/customFields/note validation.noNul'],
    ['a megabyte', { note: 'x'.repeat(900_000) }, '/customFields/note fields.valueTooLong'],
    ['an object for a text', { note: { a: 1 } }, '/customFields/note fields.valueText'],
    ['a number beyond counting', { turnover: 1e300 }, '/customFields/turnover fields.valueMoney'],
  ])('%s instead of values is refused', async (_, customFields, expected) =>
    expect(pointers((await post('/companies', { name: 'Нет', customFields }).expect(422)).body)).toEqual([expected]),
  );

  it('a patch merges by key, null clears, the rest stays', async () => {
    const { id, version } = (
      await post('/companies', {
        name: 'Правка',
        customFields: { region: 'north', note: 'было', turnover: '1' },
      }).expect(201)
    ).body as Row;
    const { body } = await patch(`/companies/${id}`, version, { customFields: { note: null, turnover: '2' } }).expect(
      200,
    );
    expect(body).toMatchObject({ version: version + 1, customFields: { region: 'north', turnover: '2.00', year: 24 } });
    expect(body.customFields).not.toHaveProperty('note');
    expect(
      (await patch(`/companies/${id}`, body.version, { customFields: { region: 'north' } }).expect(200)).body.version,
    ).toBe(version + 1);
  });

  it('R-09: two people change different fields of a card; the same field is a conflict of its own', async () => {
    const { id, version } = (await post('/companies', { name: 'Вдвоём', customFields: { note: 'а' } }).expect(201))
      .body as Row;
    await patch(`/companies/${id}`, version, { customFields: { note: 'б' } }).expect(200);
    await patch(`/companies/${id}`, version, { customFields: { region: 'south' } }).expect(200);
    const { body } = await patch(`/companies/${id}`, version, { customFields: { note: 'в' } }).expect(412);
    expect(body.conflicts).toEqual([{ field: 'customFields.note', yours: 'в', theirs: 'б' }]);
    expect(body.current.customFields).toMatchObject({ note: 'б', region: 'south' });
  });

  describe('narrow the list', () => {
    let ids: Record<string, string>;
    beforeAll(async () => {
      const made = async (label: string, customFields: object) => [
        label,
        ((await post('/companies', { name: `Отбор ${label}`, customFields }).expect(201)).body as Row).id,
      ];
      ids = Object.fromEntries([
        await made('a', {
          region: 'north',
          turnover: '1000',
          since: '2020-05-01',
          tags: ['vip'],
          note: 'Первый_клиент',
          vip: true,
        }),
        await made('b', {
          region: 'south',
          turnover: '99.99',
          since: '2024-01-15',
          tags: ['vip', 'new'],
          note: 'второй',
        }),
        await made('c', {}),
      ] as [string, string][]);
    });

    it.each<[string[], string]>([
      [['region:north'], 'a'],
      [['region:north,south'], 'ab'],
      [['tags:vip'], 'ab'],
      [['tags:new'], 'b'],
      [['turnover:>=1000'], 'a'],
      [['turnover:<1000'], 'b'],
      [['turnover:1000.00'], 'a'],
      [['year:>2000'], 'a'],
      [['since:>=2024-01-15'], 'b'],
      [['since:2020-05-01'], 'a'],
      [['note:КЛИЕНТ'], 'a'],
      [['note:т_р'], ''],
      [['note:=второй'], 'b'],
      [['vip:true'], 'a'],
      [['region:none'], 'c'],
      [['region:any'], 'ab'],
      [['tags:vip', 'turnover:<1000'], 'b'],
    ])('%j gives %s', async (cf, expected) => {
      const query = cf.map((one) => `cf=${encodeURIComponent(one)}`).join('&');
      const { body } = await api
        .as(dispatcher)
        .get(`/companies?q=${encodeURIComponent('Отбор')}&${query}`)
        .expect(200);
      expect((body.data as Row[]).map(({ id }) => Object.keys(ids).find((label) => ids[label] === id)).join('')).toBe(
        expected,
      );
    });

    it.each([
      ['nope:1', 'fields.fieldUnknown'],
      ['__proto__:1', 'fields.fieldUnknown'],
      ['region:west', 'fields.filterWrong'],
      ['turnover:many', 'fields.filterWrong'],
      ['turnover:', 'fields.filterWrong'],
      ['since:2024-02-30', 'fields.filterWrong'],
      ['note:>5', 'fields.filterWrong'],
      ['branch:x', 'fields.filterWrong'],
      ["turnover:1'; DROP TABLE company; --", 'fields.filterWrong'],
    ])('%s is refused', async (asked, code) => {
      const { body } = await api
        .as(dispatcher)
        .get(`/companies?cf=${encodeURIComponent(asked)}`)
        .expect(422);
      expect(pointers(body)).toEqual([`/cf/0 ${code}`]);
    });
  });

  it('a day of a moment is the day of whoever asks', async () => {
    const living = async (timeZone: string) => {
      const person = await anEmployee(api, { role: 'dispatcher' });
      await api.db.query(api.system, 'UPDATE employee SET "timeZone" = $2 WHERE id = $1', [person.id, timeZone]);
      return person;
    };
    const [far, near] = [await living('Asia/Vladivostok'), await living('America/New_York')];
    const { body } = await post('/companies', {
      name: 'Встреча',
      customFields: { met: '2026-03-28T22:30:00Z' },
    }).expect(201);
    const found = async (by: TestEmployee, asked: string) =>
      (
        await api
          .as(by)
          .get(`/companies?cf=${encodeURIComponent(asked)}`)
          .expect(200)
      ).body.data.map((row: Row) => row.id);
    expect(await found(far, 'met:2026-03-29')).toEqual([body.id]);
    expect(await found(far, 'met:<2026-03-29')).toEqual([]);
    expect(await found(near, 'met:2026-03-29')).toEqual([]);
    expect(await found(near, 'met:2026-03-28')).toEqual([body.id]);
    expect(await found(near, 'met:>=2026-03-28T22:30:00Z')).toEqual([body.id]);
  });

  it('contacts and objects have theirs', async () => {
    const company = await aCompany(api);
    const contact = (
      await post('/contacts', { name: 'Мария', customFields: { birthday: '1990-02-28', secret: 'х' } }).expect(201)
    ).body as Row;
    expect(contact.customFields).toEqual({ birthday: '1990-02-28', secret: 'х' });
    await patch(`/contacts/${contact.id}`, contact.version, { customFields: { level: 3 } }).expect(200);
    const found = await api.as(dispatcher).get('/contacts?cf=level:3').expect(200);
    expect((found.body.data as Row[]).map(({ id }) => id)).toEqual([contact.id]);
    const object = (
      await post('/service-objects', {
        companyId: company.id,
        name: 'Склад',
        customFields: { area: 120.5, keeper: contact.id },
      }).expect(201)
    ).body as Row;
    expect(object).toMatchObject({
      customFields: { area: 120.5, keeper: contact.id },
      customFieldTexts: { keeper: { text: 'Мария' } },
    });
    const changed = await patch(`/service-objects/${object.id}`, object.version, {
      customFields: { alarm: 'код 5' },
    }).expect(200);
    expect(changed.body.customFields).toEqual({ area: 120.5, keeper: contact.id, alarm: 'код 5' });
    expect((await api.as(dispatcher).get('/service-objects?cf=area:>100').expect(200)).body.data).toHaveLength(1);
  });

  it('a client sees what is shown to him, writes what is his, and does not learn of the rest', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, {
      companyId: company.id,
      rights: { seesCompany: true },
      customFields: { secret: 'тайна', level: 2 },
    });
    await anObject(api, { companyId: company.id, customFields: { area: 50, alarm: '1234' } });
    const portal = api.as(contact);
    expect((await portal.get('/portal/me').expect(200)).body.customFields).toEqual({ level: 2 });
    const me = await portal
      .patch('/portal/me')
      .send({ customFields: { birthday: '1985-01-02' } })
      .expect(200);
    expect(me.body.customFields).toEqual({ level: 2, birthday: '1985-01-02' });
    const refused = await portal
      .patch('/portal/me')
      .send({ customFields: { secret: 'x', level: 9 } })
      .expect(422);
    expect(pointers(refused.body)).toEqual([
      '/customFields/secret fields.fieldUnknown',
      '/customFields/level fields.fieldReadOnly',
    ]);
    const [object] = (await portal.get('/portal/objects').expect(200)).body.data as Row[];
    expect(object!.customFields).toEqual({ area: 50 });
    const shown = (await portal.get('/portal/custom-fields?subject=contact').expect(200)).body.data as {
      code: string;
      isEditable: boolean;
    }[];
    expect(shown.map(({ code, isEditable }) => [code, isEditable])).toEqual([
      ['birthday', true],
      ['level', false],
    ]);
    const stored = await api.as(dispatcher).get(`/contacts/${contact.id}`).expect(200);
    expect(stored.body.customFields).toEqual({ secret: 'тайна', level: 2, birthday: '1985-01-02' });
  });

  it('T-03: an option in the archive is not offered on the portal, and stays where it is chosen', async () => {
    const definitions = api.get(CustomFieldDefinitions);
    const own = await definitions.create(api.system, {
      ...{ subject: 'contact', code: 'size', type: 'select', name: name('Размер') },
      ...{ isClientVisible: true, isClientEditable: true, options: [option('s', 'Малый'), option('m', 'Средний')] },
    });
    const contact = await aContact(api, { companyId: (await aCompany(api)).id, customFields: { size: 's' } });
    const portal = api.as(contact);
    const options = own.options.map((one) => ({ ...one, isArchived: one.value === 's' }));
    await definitions.update(api.system, own.id, own.version, { options });
    const { data } = (await portal.get('/portal/custom-fields?subject=contact').expect(200)).body;
    const offered = data.find(({ code }: { code: string }) => code === 'size').options;
    expect(offered).toEqual([{ value: 'm', label: 'Средний' }]);
    const kept = await portal
      .patch('/portal/me')
      .send({ customFields: { size: 's' } })
      .expect(200);
    expect(kept.body).toMatchObject({ customFields: { size: 's' }, customFieldTexts: { size: { text: 'Малый' } } });
    await portal
      .patch('/portal/me')
      .send({ customFields: { size: 'm' } })
      .expect(200);
    const back = await portal
      .patch('/portal/me')
      .send({ customFields: { size: 's' } })
      .expect(422);
    expect(pointers(back.body)).toEqual(['/customFields/size fields.optionArchived']);
  });

  it('a reference leads only where the asker may look', async () => {
    const foreign = await aCompany(api, { name: 'Чужая' });
    const limited = await anEmployee(api, { role: [] });
    await api
      .as(limited)
      .post('/companies')
      .send({ name: 'x', customFields: { branch: foreign.id } })
      .expect(403);
    const { body } = await post('/companies', { name: 'Ссылка', customFields: { branch: foreign.id } }).expect(201);
    expect(body.customFieldTexts.branch.text).toBe('Чужая');
  });

  it('the type of a filled field stays, and says how many rows hold it', async () => {
    const fields = await api.get(CustomFieldDefinitions).list(api.system, { subject: 'object' });
    const area = fields.find(({ code }) => code === 'area')!;
    const admin = await anEmployee(api, { role: 'admin' });
    const { body } = await api
      .as(admin)
      .patch(`/custom-fields/${area.id}`)
      .set('if-match', `"${area.version}"`)
      .send({ type: 'text' })
      .expect(409);
    expect(body.count).toBeGreaterThan(0);
  });
});
