import { aCompany, aContact, anObject, type TestContact } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let [admin, dispatcher]: TestEmployee[] = [];
let client: TestContact;
let colleague: TestContact;
let company: { id: string };
let team: { id: string };

beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api, { role: 'dispatcher' })];
  company = await aCompany(api);
  client = await aContact(api, { companyId: company.id, name: 'Клиент', rights: { seesCompany: true } });
  colleague = await aContact(api, { companyId: company.id, name: 'Коллега' });
  team = await aTeam(api, { name: 'Линия клиента' });
  for (const code of ['serial', 'cause', 'mood'])
    await api
      .as(admin!)
      .post('/custom-fields')
      .send({
        subject: 'ticket',
        code,
        name: { ru: code, en: code },
        type: 'text',
        isClientVisible: true,
        isClientEditable: true,
      })
      .expect(201);
});
afterAll(() => api.close());

type Told = { pointer: string; code: string };
const told = (body: { errors: Told[] }) => body.errors.map(({ pointer, code }) => [pointer, code]);
const field = (name: string, isRequired = false, isAsked = true) => {
  const says = { isAsked, isRequired };
  return { field: name, ...says, portal: says };
};
const aType = async (form: object[], facts: object = {}) =>
  (
    await api
      .as(admin!)
      .post('/ticket-types')
      .send({ code: `t${newId().slice(-8)}`, name: { ru: 'Тип', en: 'Type' }, form, ...facts })
      .expect(201)
  ).body;
const file = (input: object) =>
  api
    .as(client)
    .post('/portal/tickets')
    .send({ subject: 'С портала', ...input });

describe('T-02: forms with custom fields', () => {
  it('a form names only fields there are', async () => {
    const refused = await api
      .as(admin!)
      .post('/ticket-types')
      .send({ code: 'bad', name: { ru: 'x', en: 'x' }, form: [field('description'), field('cf.nope')] })
      .expect(422);
    expect(told(refused.body)).toEqual([['/form/1/field', 'tickets.fieldUnknown']]);
    await aType([field('cf.serial')]);
  });

  it('a required one is required of everybody, until it goes to the archive', async () => {
    const { body: gone } = await api
      .as(admin!)
      .post('/custom-fields')
      .send({ subject: 'ticket', code: 'gone', name: { ru: 'gone', en: 'gone' }, type: 'text' })
      .expect(201);
    const type = await aType([field('cf.gone', true)]);
    const filed = () => api.as(dispatcher!).post('/tickets').send({ subject: 'x', typeId: type.id });
    expect(told((await filed().expect(422)).body)).toEqual([['/customFields/gone', 'tickets.fieldRequired']]);
    await api.as(admin!).post(`/custom-fields/${gone.id}/archive`).send({}).expect(200);
    await filed().expect(201);
  });

  it('a change of type shows what is lost and asked, then clears it; the history keeps it', async () => {
    const before = await aType([field('cf.serial'), field('cf.cause')]);
    const after = await aType([field('cf.serial'), field('cf.mood', true)]);
    const ticket = await aTicket(api, {
      typeId: before.id,
      customFields: { serial: 'A-1', cause: 'пыль' },
    });
    const { body: preview } = await api
      .as(dispatcher!)
      .post(`/tickets/${ticket.id}/type-preview`)
      .send({ typeId: after.id })
      .expect(200);
    expect(preview.lost).toEqual([{ field: 'cf.cause', label: 'cause', value: 'пыль', text: 'пыль' }]);
    expect(preview.asked).toContainEqual({ field: 'cf.mood', label: 'mood', isRequired: true, isMissing: true });
    const change = (input: object) =>
      api
        .as(dispatcher!)
        .patch(`/tickets/${ticket.id}`)
        .set('if-match', '"1"')
        .send({ typeId: after.id, ...input });
    expect(told((await change({}).expect(422)).body)).toEqual([['/customFields/mood', 'tickets.fieldRequired']]);
    const { body } = await change({ customFields: { mood: 'хорошее' } }).expect(200);
    expect(body.customFields).toEqual({ serial: 'A-1', mood: 'хорошее' });
    const { body: history } = await api.as(dispatcher!).get(`/tickets/${ticket.id}/history`).expect(200);
    expect(history.data).toContainEqual(
      expect.objectContaining({ field: 'customFields.cause', before: 'пыль', after: null, beforeLabel: 'пыль' }),
    );
  });

  it.each([
    ['an unknown type', newId(), 422],
    ['no id', 'x', 422],
  ])('a preview refuses %s and a foreign ticket', async (_, typeId, status) => {
    const ticket = await aTicket(api);
    await api.as(dispatcher!).post(`/tickets/${ticket.id}/type-preview`).send({ typeId }).expect(status);
    await api.as(dispatcher!).post(`/tickets/${newId()}/type-preview`).send({ typeId: newId() }).expect(404);
    await api.as(client).post(`/tickets/${ticket.id}/type-preview`).send({ typeId }).expect(403);
  });
});

describe('T-02: every field of a form can be given on the portal', () => {
  const ALL = [
    'description',
    'priorityId',
    'companyId',
    'contactId',
    'objectId',
    'assigneeId',
    'teamId',
    'observers',
    'coExecutorIds',
    'scheduledFor',
    'plannedSeconds',
    'cf.serial',
  ];

  it('is refused without them and filed with them', async () => {
    const type = await aType(ALL.map((name) => field(name, true)));
    const { body } = await file({ typeId: type.id }).expect(422);
    // Whose ticket it is and for which company is known of the only company of the caller.
    const missing = ALL.filter((name) => !['companyId', 'contactId'].includes(name));
    expect(
      told(body)
        .map(([pointer]) => pointer)
        .sort(),
    ).toEqual(missing.map((name) => (name.startsWith('cf.') ? `/customFields/${name.slice(3)}` : `/${name}`)).sort());
    const verdict = await api
      .as(client)
      .post('/portal/ticket-forms/verdict')
      .send({ values: { subject: 'x', typeId: type.id } })
      .expect(200);
    const choices = (name: string) =>
      verdict.body.fields
        .find((asked: { name: string }) => asked.name === name)
        .options.map(({ label }: { label: string }) => label);
    expect(choices('teamId')).toContain('Линия клиента');
    expect(choices('observers')).toEqual(['Клиент', 'Коллега']);
    expect(choices('priorityId').length).toBeGreaterThan(1);
    expect(choices('assigneeId')).toContain(dispatcher!.name);
    const object = await anObject(api, { companyId: company.id });
    const { body: priorities } = await api.as(dispatcher!).get('/priorities');
    const given = {
      description: 'Текст',
      priorityId: priorities.data.at(-1).id,
      objectId: object.id,
      assigneeId: dispatcher!.id,
      teamId: team.id,
      observers: [{ kind: 'contact', id: colleague.id }],
      coExecutorIds: [admin!.id],
      scheduledFor: '2029-12-31T00:00:00.000Z',
      plannedSeconds: 3600,
      customFields: { serial: 'P-1' },
    };
    const { body: filed } = await file({ typeId: type.id, ...given }).expect(201);
    const { body: ticket } = await api.as(dispatcher!).get(`/tickets/${filed.id}`).expect(200);
    expect(ticket).toMatchObject({
      priority: { id: given.priorityId },
      object: { id: object.id },
      contact: { id: client.id },
      assignee: { id: dispatcher!.id },
      team: { id: team.id },
      observers: [{ kind: 'contact', id: colleague.id }],
      coExecutors: [{ id: admin!.id }],
      scheduledFor: given.scheduledFor,
      plannedSeconds: 3600,
      customFields: { serial: 'P-1' },
      incomplete: [],
    });
  });

  it('impact and urgency are asked and chosen like the rest', async () => {
    const type = await aType([field('impact', true), field('urgency', true)]);
    expect(told((await file({ typeId: type.id }).expect(422)).body).map(([pointer]) => pointer)).toEqual([
      '/impact',
      '/urgency',
    ]);
    const { body } = await api
      .as(client)
      .post('/portal/ticket-forms/verdict')
      .send({ values: { subject: 'x', typeId: type.id } })
      .expect(200);
    const choice = (name: string): string =>
      body.fields.find((asked: { name: string }) => asked.name === name).options[0].value;
    await file({ typeId: type.id, impact: choice('impact'), urgency: choice('urgency') }).expect(201);
    expect(told((await file({ typeId: type.id, impact: 'nope', urgency: 'nope' }).expect(422)).body)).toHaveLength(2);
  });

  it.each([
    ['a built-in field', { priorityId: newId() }, ['/priorityId']],
    ['a person of the house', { assigneeId: newId() }, ['/assigneeId']],
    ['a custom field', { customFields: { mood: 'x' } }, ['/customFields/mood']],
  ])('%s the form does not ask for is refused', async (_, input, pointers) => {
    const type = await aType([field('description')]);
    const { body } = await file({ typeId: type.id, ...input }).expect(422);
    expect(told(body).map(([pointer]) => pointer)).toEqual(pointers);
  });

  it('what the form hides from clients is not taken from them', async () => {
    const type = await aType([
      { field: 'objectId', isAsked: true, isRequired: false, portal: { isAsked: false, isRequired: false } },
    ]);
    const object = await anObject(api, { companyId: company.id });
    expect(told((await file({ typeId: type.id, objectId: object.id }).expect(422)).body)).toEqual([
      ['/objectId', 'fields.fieldHidden'],
    ]);
  });

  it('people and companies that are not the client’s are refused', async () => {
    const type = await aType([field('observers'), field('contactId'), field('companyId')]);
    const foreign = await aContact(api, { companyId: (await aCompany(api)).id });
    expect(told((await file({ typeId: type.id, contactId: foreign.id }).expect(422)).body)[0]![0]).toBe('/contactId');
    const observers = [{ kind: 'contact', id: foreign.id }];
    expect(told((await file({ typeId: type.id, observers }).expect(422)).body)[0]![0]).toBe('/observers/0/id');
    await file({ typeId: type.id, observers: [{ kind: 'employee', id: dispatcher!.id }] }).expect(422);
  });
});
