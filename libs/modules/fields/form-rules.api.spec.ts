import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { OPERATORS_OF } from './condition';
import { CustomFieldDefinitions } from './custom-field-definitions.service';
import { FieldCatalogue } from './field-catalogue.service';
import { FieldsModule } from './fields.module';
import { seedFields } from './fields.seed';
import { FormRules } from './form-rules.service';

const ALWAYS = { all: [] };
const name = (text: string) => ({ ru: text, en: text });
const priority = (value: string) => ({ field: 'priorityId', op: 'is', value });

describe('T-04: rules of forms', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  beforeAll(async () => {
    api = await startApi(FieldsModule);
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'engineer' });
    const options = [
      { value: 'p1', label: 'Низкий' },
      { value: 'p2', label: 'Высокий' },
    ];
    const choice = {
      name: 'priorityId',
      label: 'Приоритет',
      type: 'choice' as const,
      options,
      ops: OPERATORS_OF.choice,
    };
    const catalogue = api.get(FieldCatalogue);
    catalogue.register('ticket', () => [
      choice,
      { name: 'source', label: 'Источник', type: 'text', ops: OPERATORS_OF.text },
    ]);
    catalogue.registerForm('ticket', () => [choice, { name: 'files', label: 'Файлы', type: 'text', ops: [] }]);
    for (const code of ['reason', 'note'])
      await api
        .get(CustomFieldDefinitions)
        .create(api.system, { subject: 'ticket', code, name: name(code), type: 'text' });
  });
  afterAll(() => api.close());
  afterEach(async () => {
    for (const { id } of await api.get(FormRules).list(api.system, 'ticket'))
      await api.get(FormRules).delete(api.system, id);
  });

  type Rule = { id: string; version: number };
  const post = (body: object) =>
    api
      .as(admin)
      .post('/form-rules')
      .send({ name: 'Правило', when: ALWAYS, effects: [{ field: 'cf.reason', effect: 'show' }], ...body });
  const aRule = async (body: object = {}) => (await post(body).expect(201)).body as Rule;
  const patch = ({ id, version }: Rule, body: object) =>
    api.as(admin).patch(`/form-rules/${id}`).set('if-match', `"${version}"`).send(body);
  const problems = (body: { errors?: { pointer: string; code: string; message: string }[] }) =>
    (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code.replace('fields.', '')}`);

  it('tells which fields conditions and forms have, in the language asked', async () => {
    const names = async (path: string) =>
      ((await api.as(engineer).get(`${path}?subject=ticket`).expect(200)).body.data as { name: string }[]).map(
        (field) => field.name,
      );
    expect(await names('/condition-fields')).toEqual(['priorityId', 'source', 'cf.reason', 'cf.note']);
    expect(await names('/form-fields')).toEqual(['priorityId', 'files', 'cf.reason', 'cf.note']);
    await api.as(engineer).get('/condition-fields').expect(422);
    await api.as(engineer).get('/condition-fields?subject[]=ticket').expect(422);
    await api.anonymous.get('/condition-fields?subject=ticket').expect(401);
  });

  it('is made, read, switched off, put in order, deleted; others only read', async () => {
    const [one, two] = [await aRule({ name: 'Первое' }), await aRule({ name: 'Второе' })];
    await api.as(engineer).post('/form-rules').send({}).expect(403);
    await api.as(engineer).delete(`/form-rules/${one.id}`).expect(403);
    expect((await api.as(engineer).get(`/form-rules/${one.id}`).expect(200)).body).toMatchObject({
      name: 'Первое',
      position: 1,
      isActive: true,
      version: 1,
    });
    expect((await patch(one, { isActive: false }).expect(200)).body).toMatchObject({
      isActive: false,
      version: 2,
      when: ALWAYS,
    });
    await patch(one, { name: 'x' }).expect(412);
    expect((await api.get(FormRules).active(api.system, 'ticket')).map(({ id }) => id)).toEqual([two.id]);
    const order = (ids: string[]) => api.as(admin).put('/form-rules/order').send({ subject: 'ticket', ids });
    const { body } = await order([two.id, one.id]).expect(200);
    expect((body.data as Rule[]).map(({ id }) => id)).toEqual([two.id, one.id]);
    expect(problems((await order([two.id]).expect(422)).body)).toEqual(['/ids orderIncomplete']);
    await api.as(admin).delete(`/form-rules/${one.id}`).expect(204);
    await api.as(admin).delete(`/form-rules/${one.id}`).expect(404);
    await patch({ id: newId(), version: 1 }, { name: 'x' }).expect(404);
  });

  it.each<[string, object, string[]]>([
    [
      'requires what it hides',
      {
        effects: [
          { field: 'files', effect: 'hide' },
          { field: 'files', effect: 'require' },
        ],
      },
      ['/effects/1 ruleRequiresHidden'],
    ],
    [
      'speaks of an unknown field',
      { effects: [{ field: 'cf.nope', effect: 'show' }] },
      ['/effects/0/field conditionFieldUnknown'],
    ],
    [
      'asks an unknown field',
      { when: { all: [{ field: 'nope', op: 'is', value: 1 }] } },
      ['/when/all/0/field conditionFieldUnknown'],
    ],
    ['can never speak', { when: { all: [priority('p1'), priority('p2')] } }, ['/when conditionContradiction']],
    ['names no option', { when: priority('p9') }, ['/when/value conditionValueUnknown']],
    [
      'allows no option',
      { effects: [{ field: 'priorityId', effect: 'allow', values: ['p1', 'p9'] }] },
      ['/effects/0/values/1 conditionValueUnknown'],
    ],
    ['has no effect', { effects: [] }, ['/effects validation.arrayMinSize']],
    [
      'has an unknown effect',
      { effects: [{ field: 'files', effect: 'paint' }] },
      ['/effects/0/effect validation.isIn'],
    ],
    ['has a list for an effect', { effects: [[]] }, ['/effects validation.isObject']],
    [
      'has nothing for an effect',
      { effects: [null] },
      ['/effects validation.isObject', '/effects/0 validation.nestedValidation'],
    ],
    ['has no effects but a text', { effects: 'show' }, ['/effects validation.isObject']],
    ['has a list for a condition', { when: [] }, ['/when validation.isObject']],
    ['has no name', { name: ' ' }, ['/name validation.isLength']],
  ])('one that %s is refused with the place', async (_, body, expected) => {
    expect(problems((await post(body).expect(422)).body)).toEqual(expected);
    expect(await api.get(FormRules).list(api.system, 'ticket')).toEqual([]);
  });

  it('says it in words', async () => {
    const effects = [
      { field: 'cf.reason', effect: 'hide' },
      { field: 'cf.reason', effect: 'require' },
    ];
    const { body } = await post({ effects }).expect(422);
    expect(body.errors[0].message).toBe('Правило требует поле «reason», которое само скрывает');
  });

  it('one that requires what another always hides is refused, from either side', async () => {
    const hide = { name: 'Прячет', effects: [{ field: 'cf.reason', effect: 'hide' }] };
    const need = { name: 'Требует', when: priority('p2'), effects: [{ field: 'cf.reason', effect: 'require' }] };
    const hider = await aRule(hide);
    const refused = await post(need).expect(422);
    expect(refused.body.errors).toMatchObject([
      { pointer: '/effects/0', message: 'Это поле всегда скрыто правилом «Прячет», требовать его нельзя' },
    ]);
    await patch(hider, { when: priority('p1') }).expect(200);
    const needed = await aRule(need);
    expect(problems((await patch({ ...hider, version: 2 }, { when: ALWAYS }).expect(422)).body)).toEqual([
      '/effects/0 ruleHidesRequired',
    ]);
    await patch(needed, { isActive: false }).expect(200);
    await patch({ ...hider, version: 2 }, { when: ALWAYS }).expect(200);
    expect(problems((await patch({ ...needed, version: 2 }, { isActive: true }).expect(422)).body)).toEqual([
      '/effects/0 ruleRequiresHiddenBy',
    ]);
  });

  it('T-04: one that requires what another always keeps closed is refused, from either side', async () => {
    const lock = { name: 'Закрывает', effects: [{ field: 'cf.note', effect: 'read_only' }] };
    const need = { name: 'Требует заметку', when: priority('p2'), effects: [{ field: 'cf.note', effect: 'require' }] };
    const locked = await aRule(lock);
    const refused = await post(need).expect(422);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/effects/0',
        code: 'fields.ruleRequiresLockedBy',
        message: 'Это поле всегда закрыто от изменений правилом «Закрывает», требовать его нельзя',
      },
    ]);
    await patch(locked, { when: priority('p2') }).expect(200);
    const needed = await aRule(need);
    expect(problems((await patch({ ...locked, version: 2 }, { when: ALWAYS }).expect(422)).body)).toEqual([
      '/effects/0 ruleLocksRequired',
    ]);
    await patch({ ...locked, version: 2 }, { isActive: false }).expect(200);
    await patch(needed, { isActive: false }).expect(200);
  });

  it('an order in which a requirement can never be met is refused', async () => {
    const hide = await aRule({ name: 'Прячет', effects: [{ field: 'cf.note', effect: 'hide' }] });
    const show = await aRule({
      name: 'Показывает и требует',
      effects: [
        { field: 'cf.note', effect: 'show' },
        { field: 'cf.note', effect: 'require' },
      ],
    });
    const order = (ids: string[]) => api.as(admin).put('/form-rules/order').send({ subject: 'ticket', ids });
    expect(problems((await order([show.id, hide.id]).expect(422)).body)).toEqual(['/ids ruleHidesRequired']);
    await order([hide.id, show.id]).expect(200);
  });

  it('O-10: the demo’s fields and rules are made once', async () => {
    const services = { definitions: api.get(CustomFieldDefinitions), rules: api.get(FormRules) };
    const demo = await api.get(CustomFieldDefinitions).list(api.system, { subject: 'ticket' });
    await api.db.query(api.system, 'DELETE FROM custom_field WHERE id = ANY($1::uuid[])', [demo.map(({ id }) => id)]);
    await api.db.query(api.system, 'UPDATE field_revision SET revision = gen_random_uuid()');
    await seedFields(services, api.system);
    await seedFields(services, api.system);
    expect((await services.definitions.list(api.system, { subject: 'ticket' })).map(({ code }) => code)).toEqual([
      'work_kind',
      'serial_number',
      'registers',
      'work_cost',
      'cost_per_register',
      'reason',
    ]);
    expect(await services.rules.list(api.system, 'ticket')).toHaveLength(3);
  });
});
