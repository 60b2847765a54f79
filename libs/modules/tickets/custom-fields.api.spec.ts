import { aCompany } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let [admin, dispatcher]: TestEmployee[] = [];

beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [
    await anEmployee(api, { role: 'admin' }),
    await anEmployee(api, { role: 'dispatcher', name: 'Диспетчер Анна' }),
  ];
  const label = (text: string) => ({ ru: text, en: `${text} en` });
  const options = [
    { value: 'red', label: label('Красный') },
    { value: 'green', label: label('Зелёный') },
  ];
  await aField({ code: 'serial', type: 'text', isClientVisible: true });
  await aField({ code: 'note', type: 'text' });
  await aField({ code: 'price', type: 'money' });
  await aField({ code: 'pieces', type: 'number', config: { min: 0 } });
  await aField({ code: 'total', type: 'formula', config: { formula: 'price * pieces' } });
  await aField({ code: 'bought', type: 'date' });
  await aField({ code: 'visit', type: 'datetime' });
  await aField({ code: 'warranty', type: 'checkbox' });
  await aField({ code: 'colour', type: 'select', options });
  await aField({ code: 'tags', type: 'multiselect', options });
  await aField({ code: 'keeper', type: 'reference', config: { reference: 'employee' } });
  await aField({ code: 'cause', type: 'reference', config: { reference: 'ticket' } });
});
afterAll(() => api.close());

const aField = async (input: { code: string; type: string; [key: string]: unknown }) =>
  (
    await api
      .as(admin!)
      .post('/custom-fields')
      .send({ subject: 'ticket', name: { ru: `Поле ${input.code}`, en: input.code }, ...input })
      .expect(201)
  ).body;
const create = async (customFields: object, facts: object = {}) =>
  (
    await api
      .as(dispatcher!)
      .post('/tickets')
      .send({ subject: 'С полями', customFields, ...facts })
      .expect(201)
  ).body;
const patch = (id: string, version: number, input: object) =>
  api.as(dispatcher!).patch(`/tickets/${id}`).set('if-match', `"${version}"`).send(input);
const problems = (body: { errors: { pointer: string; code: string }[] }) =>
  body.errors.map(({ pointer, code }) => [pointer, code]);

describe('T-03: values of custom fields', () => {
  it('are typed on the way in and out, formulas computed', async () => {
    const other = await aTicket(api, { subject: 'Причина' });
    const values = {
      serial: 'SN-1',
      price: '10.5',
      pieces: 3,
      bought: '2026-02-28',
      visit: '2026-03-01T10:00:00+03:00',
      warranty: false,
      colour: 'red',
      tags: ['green', 'red'],
      keeper: dispatcher!.id,
      cause: other.id,
    };
    const ticket = await create(values);
    const expected = {
      ...values,
      price: '10.50',
      visit: '2026-03-01T07:00:00.000Z',
      tags: ['red', 'green'],
      total: 31.5,
    };
    expect(ticket.customFields).toEqual(expected);
    const { body } = await api.as(dispatcher!).get(`/tickets/${ticket.id}`).expect(200);
    expect(body.customFields).toEqual(expected);
    expect(body.customTexts).toMatchObject({
      colour: 'Красный',
      keeper: 'Диспетчер Анна',
      cause: `${other.number} Причина`,
    });
  });

  it('are refused all at once, each at its place, and nothing is written', async () => {
    const count = async () => (await api.as(dispatcher!).get('/tickets/count')).body.count;
    const before = await count();
    const { body } = await api
      .as(dispatcher!)
      .post('/tickets')
      .send({
        subject: 'x',
        companyId: dispatcher!.id,
        customFields: {
          nope: 1,
          pieces: -1,
          price: 5,
          bought: '2026-02-30',
          colour: 'blue',
          total: 5,
          keeper: admin!.sessionId,
        },
      })
      .expect(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/companyId',
      '/customFields/bought',
      '/customFields/colour',
      '/customFields/keeper',
      '/customFields/nope',
      '/customFields/pieces',
      '/customFields/price',
      '/customFields/total',
    ]);
    expect(await count()).toBe(before);
  });

  it('merge by code, null clears, formulas follow, the history has a line for each with its words', async () => {
    const ticket = await create({ serial: 'A', price: '2', pieces: 2, colour: 'red' });
    const { body } = await patch(ticket.id, 1, { customFields: { serial: null, pieces: 4, colour: 'green' } }).expect(
      200,
    );
    expect(body.customFields).toEqual({ price: '2.00', pieces: 4, colour: 'green', total: 8 });
    const { body: history } = await api.as(dispatcher!).get(`/tickets/${ticket.id}/history`).expect(200);
    const lines = history.data
      .filter(({ version }: { version: number }) => version === 2)
      .map(({ field, before, after, beforeLabel, afterLabel }: Record<string, unknown>) => [
        field,
        before,
        after,
        beforeLabel,
        afterLabel,
      ])
      .sort();
    expect(lines).toEqual([
      ['customFields.colour', 'red', 'green', 'Красный', 'Зелёный'],
      ['customFields.pieces', 2, 4, '2', '4'],
      ['customFields.serial', 'A', null, 'A', null],
      ['customFields.total', 4, 8, '4', '8'],
    ]);
  });

  it('can be seen as they were', async () => {
    const ticket = await create({ serial: 'был' });
    const moment = (await api.as(dispatcher!).get(`/tickets/${ticket.id}`)).body.updatedAt;
    await api.advance({ minutes: 5 });
    await patch(ticket.id, 1, { customFields: { serial: 'стал', note: 'x' } }).expect(200);
    const { body } = await api.as(dispatcher!).get(`/tickets/${ticket.id}/at?moment=${moment}`).expect(200);
    expect(body.data.find(({ field }: { field: string }) => field === 'customFields').value).toEqual({ serial: 'был' });
  });

  it('conflict field by field', async () => {
    const ticket = await create({ serial: 'A', note: 'n' });
    await patch(ticket.id, 1, { customFields: { serial: 'B' } }).expect(200);
    const merged = await patch(ticket.id, 1, { customFields: { note: 'm' } }).expect(200);
    expect(merged.body.customFields).toEqual({ serial: 'B', note: 'm' });
    const { body } = await patch(ticket.id, 1, { customFields: { serial: 'C', note: 'z' } }).expect(412);
    expect(body.conflicts).toMatchObject([
      { field: 'customFields.note', base: 'n', yours: 'z', theirs: 'm' },
      { field: 'customFields.serial', base: 'A', yours: 'C', theirs: 'B' },
    ]);
  });

  it.each([
    ['a list', [1], '/customFields'],
    ['a text', 'x', '/customFields'],
    ['null', null, '/customFields'],
  ])('refuse %s instead of values', async (_, customFields, pointer) => {
    const { body } = await api.as(dispatcher!).post('/tickets').send({ subject: 'x', customFields }).expect(422);
    expect(problems(body)[0]![0]).toBe(pointer);
  });
});

describe('T-03: filters by custom fields', () => {
  let company: { id: string };
  beforeAll(async () => {
    company = await aCompany(api, { name: 'Поля и Ко' });
    const made = async (subject: string, customFields: object) =>
      create(customFields, { subject, companyId: company.id });
    await made('a', {
      serial: 'SN-1',
      price: '10',
      pieces: 1,
      bought: '2026-01-10',
      warranty: true,
      colour: 'red',
      tags: ['red'],
    });
    await made('b', {
      serial: 'SN-10',
      price: '99.9',
      pieces: 20,
      bought: '2026-02-10',
      warranty: false,
      colour: 'green',
      tags: ['red', 'green'],
    });
    await made('c', { visit: '2026-03-01T10:00:00Z', keeper: dispatcher!.id });
    await made('d', {});
  });
  const subjects = async (q: string, query: object = {}): Promise<string> => {
    const { body } = await api
      .as(dispatcher!)
      .get('/tickets')
      .query({ q: `company:"Поля и Ко" ${q}`, sort: 'number', ...query })
      .expect(200);
    return body.data.map(({ subject }: { subject: string }) => subject).join('');
  };

  it.each([
    ['cf.serial:SN-1', 'a'],
    ['cf.serial:~sn-1', 'ab'],
    ['cf.serial:"SN-1","SN-10"', 'ab'],
    ['-cf.serial:SN-1', 'bcd'],
    ['cf.serial:none', 'cd'],
    ['has:cf.serial', 'ab'],
    ['-has:cf.serial', 'cd'],
    ['cf.price:10', 'a'],
    ['cf.price:>10', 'b'],
    ['cf.price:<=99.90', 'ab'],
    ['cf.pieces:1..5', 'a'],
    ['cf.pieces:>=20', 'b'],
    ['cf.total:10', 'a'],
    ['cf.bought:2026-01-10', 'a'],
    ['cf.bought:<2026-02-01', 'a'],
    ['cf.bought:2026-01-01..2026-02-28', 'ab'],
    ['cf.visit:2026-03-01', 'c'],
    ['cf.visit:>2026-03-01', ''],
    ['cf.warranty:true', 'a'],
    ['cf.warranty:нет', 'b'],
    ['cf.colour:red', 'a'],
    ['cf.colour:Зелёный', 'b'],
    ['cf.colour:red,green', 'ab'],
    ['cf.tags:red', 'ab'],
    ['cf.tags:red cf.tags:green', 'b'],
    ['cf.keeper:"Диспетчер Анна"', 'c'],
    ['cf.keeper:none', 'abd'],
  ])('%s finds «%s»', async (q, expected) => expect(await subjects(q)).toBe(expected));

  it.each([
    ['cf.nope:1', 0],
    ['cf.price:дорого', 9],
    ['cf.bought:>вчера', 11],
    ['cf.colour:blue', 10],
    ['cf.serial:>5', 11],
    ['cf.warranty:maybe', 12],
    ['has:cf.nope', 4],
    ['cf.pieces:~1', 11],
  ])('%s is refused with the place', async (q, position) => {
    const { body } = await api.as(dispatcher!).get('/tickets').query({ q }).expect(422);
    expect([body.code, body.position]).toEqual(['tickets.filterInvalid', position]);
    expect(body.expected.length).toBeGreaterThan(0);
  });

  it.each([
    ['cf.pieces', 'abcd'],
    ['-cf.pieces', 'badc'],
    ['cf.bought', 'abcd'],
    ['-cf.serial', 'badc'],
    ['cf.colour', 'abcd'],
    ['cf.keeper', 'cabd'],
  ])('sort %s gives «%s», tickets without a value last, page by page', async (sort, expected) => {
    const pages: string[] = [];
    for (let cursor: string | undefined, round = 0; round < 5; round++) {
      const { body } = await api
        .as(dispatcher!)
        .get('/tickets')
        .query({ q: 'company:"Поля и Ко"', sort, limit: 1, ...(cursor && { cursor }) })
        .expect(200);
      pages.push(...body.data.map(({ subject }: { subject: string }) => subject));
      cursor = body.page.next;
      if (!cursor) break;
    }
    expect(pages.join('')).toBe(expected);
  });

  it('a saved view checks them, shows its columns and counts', async () => {
    const refused = await api.as(dispatcher!).post('/ticket-views').send({ name: 'x', query: 'cf.nope:1' }).expect(422);
    expect(refused.body.errors[0].pointer).toBe('/query');
    await api
      .as(dispatcher!)
      .post('/ticket-views')
      .send({ name: 'x', query: '', columns: ['cf.nope'] })
      .expect(422);
    await api.as(dispatcher!).post('/ticket-views').send({ name: 'x', query: '', sort: 'cf.nope' }).expect(422);
    const { body: view } = await api
      .as(dispatcher!)
      .post('/ticket-views')
      .send({
        name: 'Красные',
        query: 'company:"Поля и Ко" cf.colour:red',
        columns: ['number', 'cf.colour', 'cf.keeper'],
        sort: '-cf.pieces',
      })
      .expect(201);
    expect(view.count).toBe(1);
    const { body } = await api.as(dispatcher!).get(`/tickets?view=${view.id}`).expect(200);
    expect(body.data.map((row: { customFields: object }) => row.customFields)).toEqual([{ colour: 'red' }]);
    const asked = await api
      .as(dispatcher!)
      .get('/tickets')
      .query({ q: 'cf.keeper:"Диспетчер Анна" company:"Поля и Ко"', columns: 'cf.keeper,cf.visit' })
      .expect(200);
    expect(asked.body.data[0]).toMatchObject({
      customFields: { keeper: dispatcher!.id, visit: '2026-03-01T10:00:00.000Z' },
      customTexts: { keeper: 'Диспетчер Анна' },
    });
    await api.as(dispatcher!).get('/tickets?columns=cf.nope').expect(422);
  });

  it('words of text fields are found by the search, also after a change', async () => {
    const ticket = await create({ note: 'абырвалг-77' }, { subject: 'Находка' });
    const found = async (q: string) =>
      (await api.as(dispatcher!).get('/tickets').query({ q })).body.data.map(({ id }: { id: string }) => id);
    expect(await found('абырвалг-77')).toEqual([ticket.id]);
    await patch(ticket.id, 1, { customFields: { note: 'главрыба-99' } }).expect(200);
    await api.drain();
    expect([await found('главрыба-99'), await found('абырвалг-77')]).toEqual([[ticket.id], []]);
  });
});
