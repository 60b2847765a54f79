import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { aChecklistTemplate } from './testing';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChecklistsModule } from './checklists.module';

describe('checklist templates', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let types: Record<string, string>;
  beforeAll(async () => {
    api = await startApi(ChecklistsModule);
    admin = await anEmployee(api, { role: 'admin' });
    const rows = await api.db.query<{ id: string; code: string }>(api.system, 'SELECT id, code FROM ticket_type');
    types = Object.fromEntries(rows.map(({ id, code }) => [code, id]));
  });
  afterAll(() => api.close());

  const post = (body: object, by = admin) => api.as(by).post('/checklist-templates').send(body);

  it('T-12: made, changed, taken out of use; what is on tickets stays', async () => {
    const { body } = await post({
      name: ' Осмотр ',
      typeIds: [types.incident],
      items: [
        { kind: 'heading', title: 'Начало' },
        { title: 'Питание', resultKind: 'choice', resultLimits: { options: ['да', 'нет'] } },
      ],
    }).expect(201);
    expect(body).toMatchObject({
      name: 'Осмотр',
      itemCount: 2,
      types: [{ id: types.incident }],
      isAutomatic: false,
      version: 1,
    });
    const ticket = await aTicket(api);
    await api.as(admin).post(`/tickets/${ticket.id}/checklists`).send({ templateId: body.id }).expect(201);
    const patch = (change: object, version: number) =>
      api.as(admin).patch(`/checklist-templates/${body.id}`).set('if-match', `"${version}"`).send(change);
    const changed = await patch({ items: [{ title: 'Другое' }] }, 1).expect(200);
    expect(changed.body).toMatchObject({ version: 2, items: [{ title: 'Другое' }] });
    await patch({ name: 'Опоздал' }, 1).expect(412);
    const { body: lists } = await api.as(admin).get(`/tickets/${ticket.id}/checklists`).expect(200);
    expect(lists.data[0].items).toMatchObject([{ title: 'Начало' }, { title: 'Питание' }]);
    await api.as(admin).post(`/checklist-templates/${body.id}/archive`).expect(200);
    const refused = await api
      .as(admin)
      .post(`/tickets/${ticket.id}/checklists`)
      .send({ templateId: body.id })
      .expect(422);
    expect(refused.body.errors[0]).toMatchObject({ pointer: '/templateId', code: 'checklists.templateUnknown' });
    const names = async (query: string) =>
      (await api.as(admin).get(`/checklist-templates?${query}`).expect(200)).body.data.map(
        ({ id }: { id: string }) => id,
      );
    expect(await names('limit=200')).not.toContain(body.id);
    expect(await names('archived=true')).toContain(body.id);
    await api.as(admin).post(`/checklist-templates/${body.id}/restore`).expect(200);
    expect(await names(`typeId=${types.incident}`)).toContain(body.id);
    expect(await names(`typeId=${types.service_request ?? newId()}`)).not.toContain(body.id);
  });

  it.each([
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: 'x', typeIds: [newId()] }, '/typeIds/0'],
    [{ name: 'x', axis: 'cars' }, '/axis'],
    [{ name: 'x', items: [{}] }, '/items/0/title'],
    [{ name: 'x', items: [{ title: 'a', kind: 'chapter' }] }, '/items/0/kind'],
    [{ name: 'x', items: [{ title: 'a' }, { title: 'b', assigneeId: newId() }] }, '/items/1/assigneeId'],
    [{ name: 'x', items: [{ title: 'a', requiredTo: ['nowhere'] }] }, '/items/0/requiredTo'],
    [{ name: 'x', items: [{ title: 'a', requiredTo: ['done', newId()] }] }, '/items/0/requiredTo/1'],
    [
      { name: 'x', items: [{ title: 'a', resultKind: 'number', resultLimits: { min: 2, max: 1 } }] },
      '/items/0/resultLimits/max',
    ],
    [{ name: 'x', items: [{ title: 'a', resultKind: 'choice' }] }, '/items/0/resultLimits/options'],
    [{ name: 'x', items: [{ title: 'a', resultLimits: { min: Infinity } }] }, '/items/0/resultLimits/min'],
    [{ name: 'x', items: Array.from({ length: 201 }, () => ({ title: 'a' })) }, '/items'],
    [{ name: 'x', items: 'все' }, '/items'],
    [{ name: 'x', version: 7 }, '/version'],
  ])('T-12: refuses %.80j, naming the place', async (body, pointer) => {
    const answer = await post(body).expect(422);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('T-12: only whoever manages checklists makes templates; whoever ticks reads them', async () => {
    const engineer = await anEmployee(api, { role: 'engineer' });
    const { id } = await aChecklistTemplate(api);
    await post({ name: 'x' }, engineer).expect(403);
    await api.as(engineer).patch(`/checklist-templates/${id}`).set('if-match', '"1"').send({ name: 'x' }).expect(403);
    await api.as(engineer).get(`/checklist-templates/${id}`).expect(200);
    const accountant = await anEmployee(api, { role: 'accountant' });
    await api.as(accountant).get('/checklist-templates').expect(403);
    await api.anonymous.get('/checklist-templates').expect(401);
    await api.as(engineer).get(`/checklist-templates/${newId()}`).expect(404);
  });

  it('T-12: comes by itself with its type, once, and follows the type while nobody has touched it', async () => {
    const [inTypes, other] = [Object.keys(types)[0]!, Object.keys(types)[1]!].map((code) => types[code]!);
    const template = await aChecklistTemplate(api, { name: 'Сам', typeIds: [inTypes!], isAutomatic: true });
    const second = await aChecklistTemplate(api, { name: 'Другой', typeIds: [other!], isAutomatic: true });
    const ticket = await aTicket(api, { typeId: inTypes! });
    const lists = async () => (await api.as(admin).get(`/tickets/${ticket.id}/checklists`).expect(200)).body.data;
    await api.drain();
    expect(await lists()).toMatchObject([
      { templateId: template.id, isAutomatic: true, items: [{ title: 'Проверить питание' }] },
    ]);
    const retype = async (typeId: string) => {
      const { body } = await api.as(admin).get(`/tickets/${ticket.id}`).expect(200);
      await api
        .as(admin)
        .patch(`/tickets/${ticket.id}`)
        .set('if-match', `"${body.version}"`)
        .send({ typeId })
        .expect(200);
      await api.drain();
    };
    await retype(other!);
    const [list, ...rest] = await lists();
    expect([list.templateId, rest]).toEqual([second.id, []]);
    await api.as(admin).put(`/checklist-items/${list.items[0].id}/mark`).send({ state: 'done' }).expect(200);
    await retype(inTypes!);
    expect((await lists()).map(({ templateId }: { templateId: string }) => templateId)).toEqual([
      second.id,
      template.id,
    ]);
    await retype(inTypes!);
    expect(await lists()).toHaveLength(2);
    for (const { id } of [template, second]) await api.as(admin).post(`/checklist-templates/${id}/archive`).expect(200);
  });
});
