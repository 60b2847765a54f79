import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { Files } from '@opora/platform/files';
import { startApi, type TestApi } from '@opora/platform/testing';
import { CustomFields } from './custom-fields.service';
import { FieldRows } from './field-ports.service';
import { FieldsModule } from './fields.module';

const name = (text: string) => ({ ru: text, en: text });
const option = (value: string, isArchived = false) => ({ value, label: name(value), isArchived });

describe('custom fields', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  beforeAll(async () => {
    api = await startApi(FieldsModule);
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'engineer' });
    await api.db.query(
      api.system,
      `CREATE TABLE thing (id uuid PRIMARY KEY, "customFields" jsonb NOT NULL DEFAULT '{}')`,
    );
    api.get(FieldRows).register('object', { table: 'thing' });
  });
  afterAll(() => api.close());

  let made = 0;
  const draft = (facts: object = {}) => ({
    subject: 'ticket',
    code: `field_${++made}`,
    name: name('Поле'),
    type: 'text',
    ...facts,
  });
  const create = (facts: object = {}) => api.as(admin).post('/custom-fields').send(draft(facts));
  const aField = async (facts: object = {}) =>
    (await create(facts).expect(201)).body as { id: string; code: string; version: number };
  const patch = (field: { id: string; version: number }, body: object) =>
    api.as(admin).patch(`/custom-fields/${field.id}`).set('if-match', `"${field.version}"`).send(body);
  const check = (subject: 'ticket' | 'object', values: unknown, before = {}) =>
    api.get(CustomFields).check(api.system, subject, values, { before });
  const pointers = (body: { errors?: { pointer: string; code: string }[] }) =>
    (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code.replace('fields.', '')}`);

  describe('T-03: definitions', () => {
    it('is made, read, changed, archived, restored', async () => {
      const field = (
        await create({ type: 'money', config: { min: 0, max: '1000' }, hint: name('Подсказка') }).expect(201)
      ).body;
      expect(field).toMatchObject({
        type: 'money',
        config: { min: '0.00', max: '1000.00' },
        label: 'Поле',
        version: 1,
        archivedAt: null,
      });
      const changed = (await patch(field, { name: { ru: 'Стоимость', en: 'Cost' }, hint: null }).expect(200)).body;
      expect(changed).toMatchObject({ name: { ru: 'Стоимость', en: 'Cost' }, hint: null, version: 2 });
      expect(
        (await api.as(engineer).get(`/custom-fields/${field.id}`).set('accept-language', 'en').expect(200)).body.label,
      ).toBe('Cost');
      await patch(field, { name: name('x') })
        .expect(412)
        .expect(({ body }) => expect(body.current.version).toBe(2));
      await api.as(admin).post(`/custom-fields/${field.id}/archive`).expect(200);
      const ids = async (archived: boolean) =>
        (
          (await api.as(engineer).get(`/custom-fields?subject=ticket&archived=${archived}`).expect(200)).body.data as {
            id: string;
          }[]
        ).map(({ id }) => id);
      expect(await ids(true)).toContain(field.id);
      expect(await ids(false)).not.toContain(field.id);
      expect((await api.as(admin).post(`/custom-fields/${field.id}/restore`).expect(200)).body.archivedAt).toBeNull();
      expect(await ids(false)).toContain(field.id);
    });

    it('belongs to those who may: others read', async () => {
      await api.anonymous.get('/custom-fields').expect(401);
      await api.as(engineer).post('/custom-fields').send(draft()).expect(403);
      await api.as(engineer).get('/portal/custom-fields?subject=ticket').expect(403);
      await api.as(admin).get(`/custom-fields/${newId()}`).expect(404);
    });

    it('has a code of its own within the subject', async () => {
      const { code } = await aField();
      await create({ code }).expect(409);
      await create({ code, subject: 'company' }).expect(201);
    });

    it.each<[string, object, string[]]>([
      ['no code', { code: 'Код' }, ['/code validation.matches']],
      ['a code of the prototype', { code: 'constructor' }, ['/code validation.notEquals']],
      ['an unknown type', { type: 'json' }, ['/type validation.isIn']],
      ['an unknown subject', { subject: 'equipment' }, ['/subject validation.isIn']],
      ['a name in one language', { name: { ru: 'Поле' } }, ['/name/en validation.isString']],
      ['a list for a name', { name: [] }, ['/name validation.isObject']],
      ['a text with U+0000', { name: name('a\0b') }, ['/name/ru validation.noNul']],
      ['a setting of another type', { config: { min: 1 } }, ['/config/min configUnknown']],
      [
        'a wrong setting',
        { type: 'number', config: { min: '1', decimals: 99 } },
        ['/config/min configWrong', '/config/decimals configWrong'],
      ],
      ['limits the wrong way round', { type: 'number', config: { min: 2, max: 1 } }, ['/config/max configRange']],
      ['a pattern that is none', { config: { pattern: '(' } }, ['/config/pattern configWrong']],
      ['a reference to nothing', { type: 'reference' }, ['/config/reference configRequired']],
      ['a select without options', { type: 'select' }, ['/options optionsRequired']],
      ['options of a text', { options: [option('a')] }, ['/options optionsUnexpected']],
      [
        '501 options',
        { type: 'select', options: Array.from({ length: 501 }, (_, i) => option(`o${i}`)) },
        ['/options optionsTooMany'],
      ],
      [
        'an option twice, one without a label, one that is none',
        { type: 'select', options: [option('a'), option('a'), { value: 'b' }, 7] },
        ['/options/1/value optionTwice', '/options/2/label optionLabel', '/options/3 optionShape'],
      ],
      ['clients fill in what they do not see', { isClientEditable: true }, ['/isClientEditable editableHidden']],
      [
        'a formula that cannot be read',
        { type: 'formula', config: { formula: '1 + nope' } },
        ['/config/formula formulaFieldUnknown'],
      ],
      ['an own field', { owner: 1 }, ['/owner validation.whitelistValidation']],
    ])('%s is refused', async (_, facts, expected) => {
      const { body, status } = await create(facts);
      expect([status, pointers(body)]).toEqual([422, expected]);
    });

    it('says where the formula is wrong, in words', async () => {
      const { body } = await create({ type: 'formula', config: { formula: '1 + nope' } }).expect(422);
      expect(body.errors[0].message).toBe('Формула, знак 5: нет поля nope, которое можно вычислять');
    });

    it('a key of the prototype is refused', async () => {
      const body = JSON.stringify(draft({ config: {} })).replace('"config":{}', '"config":{"__proto__":{"min":1}}');
      await api.as(admin).post('/custom-fields').set('content-type', 'application/json').send(body).expect(400);
      const { problems, values } = await check('ticket', JSON.parse('{"__proto__":{"a":1},"constructor":1}'));
      expect(problems.map(({ code }) => code)).toEqual(['fields.fieldUnknown', 'fields.fieldUnknown']);
      expect(values).toEqual({});
    });

    it('too large a body is refused before it is read', async () => {
      const options = Array.from({ length: 60_000 }, (_, i) => ({ value: `o${i}`, label: name('x'.repeat(100)) }));
      expect((await create({ type: 'select', options })).status).toBe(413);
    });

    it('keeps its type once a row has a value, and its chosen options', async () => {
      const field = await aField({ subject: 'object', type: 'select', options: [option('a'), option('b')] });
      const row = newId();
      await api.db.query(api.system, 'INSERT INTO thing VALUES ($1, $2)', [row, { [field.code]: 'a' }]);
      const refused = await patch(field, { type: 'text', options: [], config: {} }).expect(409);
      expect(refused.body).toMatchObject({ code: 'fields.hasValues', count: 1 });
      expect(pointers((await patch(field, { options: [option('b')] }).expect(422)).body)).toEqual([
        '/options optionUsed',
      ]);
      await patch(field, { options: [option('a', true)] }).expect(200);
      await api.db.query(api.system, 'DELETE FROM thing WHERE id = $1', [row]);
      const { body } = await patch({ ...field, version: 2 }, { type: 'text' }).expect(200);
      expect(body).toMatchObject({ type: 'text', options: [], config: {} });
    });

    it('stays while a formula or a rule needs it', async () => {
      const input = await aField({ type: 'number' });
      await aField({ type: 'formula', config: { formula: `${input.code} * 2` }, name: name('Вдвое') });
      const kept = await api.as(admin).post(`/custom-fields/${input.id}/archive`).expect(409);
      expect(kept.body).toMatchObject({ code: 'fields.neededByFormula', title: 'Поле нужно формуле поля «Вдвое»' });
      await patch(input, { type: 'text' }).expect(409);
      const ruled = await aField();
      await api
        .as(admin)
        .post('/form-rules')
        .send({ name: 'Показать', when: { all: [] }, effects: [{ field: `cf.${ruled.code}`, effect: 'show' }] })
        .expect(201);
      expect((await api.as(admin).post(`/custom-fields/${ruled.id}/archive`).expect(409)).body.code).toBe(
        'fields.neededByRule',
      );
    });

    it('formulas never run in a circle', async () => {
      const one = await aField({ subject: 'company', type: 'formula', config: { formula: '1' } });
      const two = await aField({
        subject: 'company',
        type: 'formula',
        config: { formula: `${one.code} + 1` },
      });
      expect(pointers((await patch(one, { config: { formula: `${two.code} + 1` } }).expect(422)).body)).toEqual([
        '/config/formula formulaCircle',
      ]);
    });

    it('is put in order, whole', async () => {
      const fields = [await aField({ subject: 'contact' }), await aField({ subject: 'contact' })];
      const order = (ids: string[]) => api.as(admin).put('/custom-fields/order').send({ subject: 'contact', ids });
      expect(pointers((await order([fields[0]!.id]).expect(422)).body)).toEqual(['/ids orderIncomplete']);
      await order(fields.map(({ id }) => id).reverse()).expect(200);
      const { body } = await api.as(admin).get('/custom-fields?subject=contact').expect(200);
      expect((body.data as { id: string }[]).map(({ id }) => id)).toEqual(fields.map(({ id }) => id).reverse());
    });

    it('of two who change it at once one is told', async () => {
      const field = await aField();
      const answers = await Promise.all([1, 2, 3, 4].map((n) => patch(field, { name: name(`Имя ${n}`) })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    });
  });

  describe('T-03: values', () => {
    const codes = {
      text: 'v_text',
      number: 'v_number',
      money: 'v_money',
      date: 'v_date',
      moment: 'v_moment',
      flag: 'v_flag',
      one: 'v_one',
      many: 'v_many',
      person: 'v_person',
      file: 'v_file',
      sum: 'v_sum',
      serial: 'v_serial',
      days: 'v_days',
    };
    beforeAll(async () => {
      const options = [option('a'), option('b'), option('old', true)];
      await aField({ code: codes.text, type: 'text', config: { maxLength: 20 } });
      await aField({ code: codes.serial, type: 'text', config: { pattern: '(A+)+-\\d{3}' } });
      await aField({ code: codes.number, type: 'number', config: { min: -5, max: 100, decimals: 2 } });
      await aField({ code: codes.money, type: 'money', config: { min: '0' } });
      await aField({ code: codes.date, type: 'date', config: { min: '2020-01-01' } });
      await aField({ code: codes.moment, type: 'datetime' });
      await aField({ code: codes.flag, type: 'checkbox' });
      await aField({ code: codes.one, type: 'select', options });
      await aField({ code: codes.many, type: 'multiselect', options });
      await aField({ code: codes.person, type: 'reference', config: { reference: 'employee' } });
      await aField({ code: codes.file, type: 'file' });
      await aField({ code: codes.sum, type: 'formula', config: { formula: 'round(v_number * v_money * 1.2, 2)' } });
      await aField({ code: codes.days, type: 'formula', config: { formula: 'days_between(v_date, v_moment)' } });
    });

    it.each<[string, unknown, unknown]>([
      ['v_text', '  два\tслова\n ', 'два слова'],
      ['v_text', '   ', undefined],
      ['v_text', null, undefined],
      ['v_serial', 'AAA-123', 'AAA-123'],
      ['v_number', 0, 0],
      ['v_number', -0, 0],
      ['v_number', 99.99, 99.99],
      ['v_money', '1234.5', '1234.50'],
      ['v_money', '0001', '1.00'],
      ['v_money', '-0.00', '0.00'],
      ['v_money', '9999999999999.99', '9999999999999.99'],
      ['v_date', '2028-02-29', '2028-02-29'],
      ['v_moment', '2026-11-22T13:00:00+03:00', '2026-11-22T10:00:00.000Z'],
      ['v_flag', false, false],
      ['v_one', 'a', 'a'],
      ['v_many', ['b', 'a', 'b'], ['a', 'b']],
      ['v_many', [], undefined],
    ])('%s takes %j', async (code, value, expected) => {
      const { values, problems } = await check('ticket', { [code]: value });
      expect([problems, values[code]]).toEqual([[], expected]);
    });

    it.each<[string, unknown, string]>([
      ['v_text', 5, 'valueText'],
      ['v_text', ['a'], 'valueText'],
      ['v_text', { a: 1 }, 'valueText'],
      ['v_text', 'a\0', 'valueText'],
      ['v_text', '\ud800', 'valueText'],
      ['v_text', 'x'.repeat(21), 'valueTooLong'],
      ['v_text', 'x'.repeat(1_000_000), 'valueTooLong'],
      ['v_serial', 'A-12', 'valuePattern'],
      ['v_serial', 'A'.repeat(60), 'valuePattern'],
      ['v_number', '5', 'valueNumber'],
      ['v_number', NaN, 'valueNumber'],
      ['v_number', Infinity, 'valueNumber'],
      ['v_number', 1e300, 'valueNumber'],
      ['v_number', true, 'valueNumber'],
      ['v_number', 1.005, 'valueDecimals'],
      ['v_number', -6, 'valueTooSmall'],
      ['v_number', 101, 'valueTooLarge'],
      ['v_money', 5, 'valueMoney'],
      ['v_money', '1,50', 'valueMoney'],
      ['v_money', '1.505', 'valueMoney'],
      ['v_money', '1e5', 'valueMoney'],
      ['v_money', '10000000000000', 'valueMoney'],
      ['v_money', '-0.01', 'valueTooSmall'],
      ['v_date', '2026-02-30', 'valueDate'],
      ['v_date', '2026-1-1', 'valueDate'],
      ['v_date', '2019-12-31', 'valueTooSmall'],
      ['v_date', 20260101, 'valueDate'],
      ['v_moment', '2026-11-22', 'valueMoment'],
      ['v_moment', '2026-11-22T25:00:00Z', 'valueMoment'],
      ['v_moment', '2026-02-30T10:00:00Z', 'valueMoment'],
      ['v_flag', 'true', 'valueBoolean'],
      ['v_flag', 1, 'valueBoolean'],
      ['v_one', 'z', 'valueOption'],
      ['v_one', ['a'], 'valueOption'],
      ['v_one', 'old', 'optionArchived'],
      ['v_many', 'a', 'valueList'],
      ['v_many', ['a', null], 'valueOption'],
      ['v_many', Array(101).fill('a'), 'valueList'],
      ['v_person', 'x', 'valueReference'],
      ['v_person', newId(), 'referenceUnknown'],
      ['v_file', newId(), 'fileUnknown'],
      ['v_sum', 5, 'formulaWritten'],
      ['nope', 5, 'fieldUnknown'],
      ['toString', 5, 'fieldUnknown'],
    ])('%s refuses %j', async (code, value, expected) => {
      const { values, problems } = await check('ticket', { [code]: value });
      expect(problems.map((one) => [one.pointer, one.code])).toEqual([[`/customFields/${code}`, `fields.${expected}`]]);
      expect(Object.hasOwn(values, code)).toBe(false);
    });

    it.each([[[]], ['x'], [5], [null]])('%j is no set of values', async (given) => {
      expect((await check('ticket', given)).problems).toMatchObject([
        { pointer: '/customFields', code: 'validation.isObject' },
      ]);
    });

    it('says every problem at once', async () => {
      const { problems } = await check('ticket', { v_number: 'x', v_money: 1, v_one: 'z', v_text: 'ок' });
      expect(problems.map(({ pointer }) => pointer)).toEqual([
        '/customFields/v_number',
        '/customFields/v_money',
        '/customFields/v_one',
      ]);
    });

    it('merges by key, tells what changed, keeps what it does not know, computes', async () => {
      const before = { v_text: 'было', v_number: 2, gone: 'x', v_one: 'old', v_sum: 1 };
      const { values, changed, problems } = await check(
        'ticket',
        { v_text: null, v_money: '10', v_one: 'old' },
        before,
      );
      expect(problems).toEqual([]);
      expect(values).toEqual({ v_number: 2, gone: 'x', v_one: 'old', v_money: '10.00', v_sum: 24 });
      expect(changed.sort()).toEqual(['v_money', 'v_sum', 'v_text']);
    });

    it('a computed value goes when what it needs goes', async () => {
      const { values } = await check('ticket', { v_money: null }, { v_number: 2, v_money: '10.00', v_sum: 24 });
      expect(values).toEqual({ v_number: 2 });
      expect((await check('ticket', { v_date: '2026-11-20', v_moment: '2026-11-22T00:00:00Z' })).values.v_days).toBe(2);
    });

    it('a reference leads to somebody who is there; shown by name', async () => {
      const { values, problems } = await check('ticket', { v_person: engineer.id.toUpperCase() });
      expect(problems).toEqual([]);
      expect(values.v_person).toBe(engineer.id);
      const display = await api.get(CustomFields).displayOf(api.system, 'ticket', {
        ...values,
        v_money: '1234.50',
        v_flag: true,
        v_many: ['a', 'b'],
        v_date: '2026-11-22',
      });
      expect(display).toEqual({
        v_person: { text: engineer.name },
        v_money: { text: '1\u00a0234,50' },
        v_flag: { text: 'Да' },
        v_many: { text: 'a, b' },
        v_date: { text: '22.11.2026' },
      });
    });

    it('a file is taken from one’s own uploads, once', async () => {
      const ctx = await api.ctx(engineer);
      const upload = async (who = ctx) =>
        (await api.get(Files).store(who, { name: 'акт.pdf', content: Buffer.from(newId()) })).id;
      const own = await upload();
      const fields = api.get(CustomFields);
      expect((await fields.check(ctx, 'ticket', { v_file: own })).problems).toEqual([]);
      const foreign = await upload(await api.ctx(admin));
      expect((await fields.check(ctx, 'ticket', { v_file: foreign })).problems).toMatchObject([
        { code: 'fields.fileUnknown' },
      ]);
      await aField({ code: 'v_file2', type: 'file' });
      const both = await api.db.tx(ctx, (tx) => fields.check(tx, 'ticket', { v_file: own, v_file2: own }));
      // The second place is the wrong one.
      expect(both.problems.map(({ pointer }) => pointer)).toEqual(['/customFields/v_file2']);
      const taken = await api.db.tx(ctx, (tx) => fields.check(tx, 'ticket', { v_file: own }));
      expect(taken.problems).toEqual([]);
      expect((await fields.check(ctx, 'ticket', { v_file: own })).problems).toMatchObject([
        { code: 'fields.fileUnknown' },
      ]);
      expect((await fields.check(ctx, 'ticket', { v_file: own }, { before: taken.values })).problems).toEqual([]);
      expect((await fields.displayOf(ctx, 'ticket', taken.values)).v_file).toMatchObject({
        text: 'акт.pdf',
        url: expect.stringMatching(/^\/api\/v1\/files\//) as string,
      });
    });

    it('shows fields in use; to a client only those meant for him', async () => {
      const shown = await aField({ code: 'v_shown', isClientVisible: true });
      const fields = api.get(CustomFields);
      const stored = { v_text: 'тайна', v_shown: 'видно', gone: 'x' };
      expect(await fields.viewOf(api.system, 'ticket', stored)).toEqual({ v_text: 'тайна', v_shown: 'видно' });
      expect(await fields.viewOf(api.system, 'ticket', stored, { forClient: true })).toEqual({ v_shown: 'видно' });
      await api.as(admin).post(`/custom-fields/${shown.id}/archive`).expect(200);
      expect(await fields.viewOf(api.system, 'ticket', stored)).toEqual({ v_text: 'тайна' });
    });

    it('a formula that changed is computed anew in every row', async () => {
      await aField({ subject: 'object', code: 'qty', type: 'number' });
      const sum = await aField({ subject: 'object', code: 'twice', type: 'formula', config: { formula: 'qty * 2' } });
      const { values } = await check('object', { qty: 5 });
      await api.db.query(
        api.system,
        'INSERT INTO thing SELECT gen_random_uuid(), $1::jsonb FROM generate_series(1, 700)',
        [values],
      );
      await patch(sum, { config: { formula: 'qty * 3' } }).expect(200);
      await api.drain();
      const rows = await api.db.query(
        api.system,
        `SELECT "customFields"->'twice' AS value, count(*)::int AS n FROM thing GROUP BY 1`,
      );
      expect(rows).toEqual([{ value: 15, n: 700 }]);
    });
  });
});
