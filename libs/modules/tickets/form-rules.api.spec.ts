import { aCompany, aContact, anObject, type TestContact } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { FORM_CASES, prepareFormCases } from './form-rule-cases';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';
import { Tickets } from './tickets.service';

let api: TestApi;
let [admin, dispatcher]: TestEmployee[] = [];
let client: TestContact;
let company: { id: string };

beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api, { role: 'dispatcher' })];
  company = await aCompany(api);
  client = await aContact(api, { companyId: company.id });
  await prepareFormCases(api, admin!);
});
afterAll(() => api.close());

type Body = { errors?: Told[]; problems?: Told[] };
type Told = { pointer: string; code: string; message: string };
const told = ({ errors, problems }: Body) =>
  (errors ?? problems ?? []).map(({ pointer, code }) => [pointer, code]).sort();
const staff = () => api.as(dispatcher!);
const rule = async (input: object) => (await api.as(admin!).post('/form-rules').send(input).expect(201)).body;
const dropRule = (id: string) => api.as(admin!).delete(`/form-rules/${id}`).expect(204);
const verdictOn = async (values: object, more: object = {}) =>
  (
    await staff()
      .post('/ticket-forms/verdict')
      .send({ values, ...more })
      .expect(200)
  ).body;
const fieldOf = (verdict: { fields: { name: string }[] }, name: string) =>
  verdict.fields.find((field) => field.name === name);
/** A ticket as mail makes it: nothing is refused. */
const mailed = (facts: object = {}) =>
  api.get(Tickets).create(api.system, { subject: 'Возврат товара', source: 'email', ...facts }, { withoutForm: true });
const incompleteOf = async (id: string) =>
  (await staff().get(`/tickets/${id}`).expect(200)).body.incomplete.map(({ field }: { field: string }) => field).sort();

describe('T-04: one verdict in every channel', () => {
  let secret: string;
  beforeAll(async () => {
    const { body } = await api
      .as(admin!)
      .post('/api-keys')
      .send({ name: 'Интеграция', permissions: ['tickets.create', 'tickets.read'] })
      .expect(201);
    secret = body.secret;
  });

  describe.each(FORM_CASES)('%s', (_, form, refused) => {
    const expected = [...refused].sort();
    const status = refused.length ? 422 : 201;
    it('asked by an agent', async () => expect(told(await verdictOn(form))).toEqual(expected));
    it('filed by an agent', async () =>
      expect(told((await staff().post('/tickets').send(form).expect(status)).body)).toEqual(expected));
    it('filed over the API', async () => {
      const { body } = await api.http
        .post('/api/v1/tickets')
        .set('authorization', `Bearer ${secret}`)
        .send(form)
        .expect(status);
      expect(told(body)).toEqual(expected);
    });
    it('asked on the portal', async () => {
      const { body } = await api.as(client).post('/portal/ticket-forms/verdict').send({ values: form }).expect(200);
      expect(told(body)).toEqual(expected);
    });
    it('filed on the portal', async () =>
      expect(told((await api.as(client).post('/portal/tickets').send(form).expect(status)).body)).toEqual(expected));
  });

  it('rules about the channel and the source say of mail what they are asked about mail', async () => {
    const clauses = [
      { field: 'channel', op: 'is', value: 'mail' },
      { field: 'channel', op: 'is_not', value: 'mail' },
      { field: 'source', op: 'is', value: 'email' },
      { field: 'source', op: 'is_not', value: 'email' },
    ];
    const asked = ['cf.order', 'cf.serial', 'cf.reason', 'objectId'];
    const rules = [];
    for (const [at, clause] of clauses.entries())
      rules.push(
        await rule({
          name: `Откуда ${at}`,
          when: { all: [clause] },
          effects: [{ field: asked[at], effect: 'require' }],
        }),
      );
    const lacks = async (channel: string) =>
      (await verdictOn({ subject: 'x' }, { channel })).problems.map(({ pointer }: Told) => pointer).sort();
    const { id } = await mailed({ subject: 'x' });
    expect(await lacks('mail')).toEqual(['/customFields/order', '/customFields/reason']);
    expect(await incompleteOf(id)).toEqual(['cf.order', 'cf.reason']);
    for (const channel of ['agent', 'api', 'portal'])
      expect(await lacks(channel)).toEqual(['/customFields/serial', '/objectId']);
    await dropRule(rules[2]!.id);
    await dropRule(rules[3]!.id);
    const found = async (query: string) =>
      (await staff().get('/tickets').query({ q: query }).expect(200)).body.data.map((row: { id: string }) => row.id);
    expect(await found('is:incomplete')).toContain(id);
    await dropRule(rules[0]!.id);
    expect(await incompleteOf(id)).toEqual([]);
    expect(await found('is:incomplete')).not.toContain(id);
    await dropRule(rules[1]!.id);
  });

  it('on the way into a status the verdict names what the ticket lacks there, and only there', async () => {
    const done = { all: [{ field: 'statusCategory', op: 'is', value: 'done' }] };
    const { id: ruleId } = await rule({
      name: 'Итог',
      when: done,
      effects: [{ field: 'objectId', effect: 'require' }],
    });
    const { id } = await aTicket(api, { companyId: company.id });
    const { body } = await staff().get(`/tickets/${id}`).expect(200);
    const statusId = body.transitions.find(({ to }: { to: { category: string } }) => to.category === 'done').to.id;
    expect(told(await verdictOn({}, { ticketId: id }))).not.toContainEqual(['/objectId', 'tickets.fieldRequired']);
    const there = await verdictOn({}, { ticketId: id, statusId });
    expect(told(there)).toContainEqual(['/objectId', 'tickets.fieldRequired']);
    expect(fieldOf(there, 'objectId')).toMatchObject({ isRequired: true });
    const { id: objectId } = await anObject(api, { companyId: company.id });
    expect(told(await verdictOn({ objectId }, { ticketId: id, statusId }))).not.toContainEqual([
      '/objectId',
      'tickets.fieldRequired',
    ]);
    const unknown = { values: {}, ticketId: id, statusId: newId() };
    const refused = await staff().post('/ticket-forms/verdict').send(unknown).expect(422);
    expect(told(refused.body)).toEqual([['/statusId', 'tickets.statusUnknown']]);
    await dropRule(ruleId);
  });

  it('the verdict tells labels, choices, limits and which rules decided', async () => {
    const verdict = await verdictOn({ subject: 'Срочно', customFields: {} });
    expect(fieldOf(verdict, 'cf.reason')).toMatchObject({
      label: 'reason',
      type: 'select',
      isVisible: true,
      isRequired: true,
      allowed: ['outage'],
      options: [{ value: 'outage', label: 'Не работает' }],
      because: [{ name: 'Срочно' }],
    });
    expect(verdict.problems).toEqual([
      { pointer: '/customFields/reason', code: 'tickets.fieldRequired', message: 'Это поле нужно заполнить' },
    ]);
  });

  it('an option in the archive is offered to nobody; a ticket that has it keeps its words and its value', async () => {
    const label = (text: string) => ({ ru: text, en: text });
    const options = ['old', 'new'].map((value) => ({ value, label: label(value) }));
    const asked = { subject: 'ticket', code: 'grade', name: label('Класс'), type: 'multiselect', options };
    const field = { ...asked, isClientVisible: true, isClientEditable: true };
    const { body: made } = await api.as(admin!).post('/custom-fields').send(field).expect(201);
    const effects = [{ field: 'cf.grade', effect: 'show' }];
    const shown = await rule({ name: 'Класс', subject: 'ticket', when: { all: [] }, effects });
    const customFields = { grade: ['old'] };
    const { body: ticket } = await staff().post('/tickets').send({ subject: 'Класс', customFields }).expect(201);
    await api
      .as(admin!)
      .patch(`/custom-fields/${made.id}`)
      .set('if-match', '"1"')
      .send({ options: [{ ...options[0], isArchived: true }, options[1]] })
      .expect(200);
    const offeredIn = (verdict: { fields: { name: string }[] }) =>
      (fieldOf(verdict, 'cf.grade') as unknown as { options: object[] }).options;
    const kept = { value: 'new', label: 'new' };
    expect(offeredIn(await verdictOn({ subject: 'x' }))).toEqual([kept]);
    expect(offeredIn(await verdictOn({ subject: 'x', customFields }))).toEqual([kept]);
    const portal = await api
      .as(client)
      .post('/portal/ticket-forms/verdict')
      .send({ values: { subject: 'x', companyId: company.id } })
      .expect(200);
    expect(offeredIn(portal.body)).toEqual([kept]);
    const held = [{ value: 'old', label: 'old', isArchived: true }, kept];
    expect(offeredIn(await verdictOn({}, { ticketId: ticket.id }))).toEqual(held);
    const { body: saved } = await staff()
      .patch(`/tickets/${ticket.id}`)
      .set('if-match', `"${ticket.version}"`)
      .send({ customFields: { grade: ['old', 'new'] } })
      .expect(200);
    expect(saved.customFields.grade).toEqual(['old', 'new']);
    await dropRule(shown.id);
  });

  it('problems of types, references and rules are told together', async () => {
    const { body } = await staff()
      .post('/tickets')
      .send({ subject: 'Возврат', companyId: newId(), customFields: { serial: 5, nope: 1 } })
      .expect(422);
    expect(told(body).map(([pointer]) => pointer)).toEqual([
      '/companyId',
      '/customFields/nope',
      '/customFields/order',
      '/customFields/serial',
      '/objectId',
    ]);
  });

  it('a file that is not one’s own upload is a problem of its place, as filing would say', async () => {
    const files = [{ fileId: newId() }];
    const asked = await verdictOn({ subject: 'x', files });
    const filed = await staff().post('/tickets').send({ subject: 'x', files }).expect(422);
    expect(told(asked)).toEqual([['/files/0/fileId', 'files.notYours']]);
    expect(told(filed.body)).toEqual(told(asked));
    const { body } = await api
      .as(client)
      .post('/portal/ticket-forms/verdict')
      .send({ values: { subject: 'x', companyId: company.id, files: [newId()] } })
      .expect(200);
    expect(told(body)).toContainEqual(['/files/0', 'files.notYours']);
  });

  it('a type and a priority that do not exist are problems of their fields, as filing would say', async () => {
    const form = { subject: 'Возврат', typeId: newId(), priorityId: newId() };
    const { body } = await staff().post('/tickets').send(form).expect(422);
    const refused = told(body);
    expect(refused.map(([pointer]) => pointer)).toEqual(expect.arrayContaining(['/typeId', '/priorityId']));
    expect(told(await verdictOn(form))).toEqual(expect.arrayContaining(refused));
    const asked = await api.as(client).post('/portal/ticket-forms/verdict').send({ values: form }).expect(200);
    expect(told(asked.body)).toContainEqual(['/typeId', 'tickets.typeUnknown']);
  });

  it('a change is refused for what it breaks, never for what was wrong before', async () => {
    const { id } = await mailed();
    const patch = (input: object, version = 1) =>
      staff().patch(`/tickets/${id}`).set('if-match', `"${version}"`).send(input);
    await patch({ description: '<p>уточнение</p>' }).expect(200);
    const { body } = await patch({ customFields: { warranty: true } }, 2).expect(422);
    expect(told(body)).toEqual([['/customFields/serial', 'tickets.fieldRequired']]);
    const foreseen = await verdictOn({ customFields: { warranty: true } }, { ticketId: id });
    expect(told(foreseen)).toEqual([['/customFields/serial', 'tickets.fieldRequired']]);
    await patch({ customFields: { warranty: true, serial: 'A' } }, 2).expect(200);
    await patch({ customFields: { serial: null } }, 3).expect(422);
  });

  it('read-only fields are closed to edits and to handing over, by the channel and the status', async () => {
    const { id } = await rule({
      name: 'В работе не менять',
      when: { all: [{ field: 'statusCategory', op: 'is', value: 'in_work' }] },
      effects: [
        { field: 'cf.serial', effect: 'read_only' },
        { field: 'assigneeId', effect: 'read_only' },
      ],
    });
    const ticket = await aTicket(api, { status: 'in_work' });
    const { body } = await staff()
      .patch(`/tickets/${ticket.id}`)
      .set('if-match', '"1"')
      .send({ customFields: { serial: 'B' } })
      .expect(422);
    expect(told(body)).toEqual([['/customFields/serial', 'fields.fieldReadOnly']]);
    await staff().post(`/tickets/${ticket.id}/assign`).send({ assigneeId: dispatcher!.id }).expect(422);
    await dropRule(id);
    await staff().post(`/tickets/${ticket.id}/assign`).send({ assigneeId: dispatcher!.id }).expect(200);
  });

  it('a client neither sees nor writes what is not for him', async () => {
    await api
      .as(admin!)
      .post('/custom-fields')
      .send({ subject: 'ticket', code: 'secret', name: { ru: 'Тайна', en: 'Secret' }, type: 'text' })
      .expect(201);
    const { id } = await rule({
      name: 'Тайна',
      when: { all: [] },
      effects: [{ field: 'cf.secret', effect: 'show' }],
    });
    const asked = await api
      .as(client)
      .post('/portal/ticket-forms/verdict')
      .send({ values: { subject: 'x' } })
      .expect(200);
    expect(fieldOf(asked.body, 'cf.secret')).toBeUndefined();
    expect(asked.body.fields.every(({ because }: { because: [] }) => !because.length)).toBe(true);
    const refused = await api
      .as(client)
      .post('/portal/tickets')
      .send({ subject: 'x', customFields: { secret: '1' } })
      .expect(422);
    expect(told(refused.body)).toEqual([['/customFields/secret', 'fields.fieldUnknown']]);
    const ticket = await aTicket(api, {
      companyId: company.id,
      contactId: client.id,
      customFields: { secret: 'не для клиента', order: '42' },
    });
    const { body } = await api.as(client).get(`/portal/tickets/${ticket.id}`).expect(200);
    expect(body.customFields).toEqual({ order: '42' });
    expect(body.details).toEqual([{ code: 'order', label: 'order', type: 'text', text: '42', url: null }]);
    expect(JSON.stringify(body)).not.toContain('не для клиента');
    await dropRule(id);
  });
});

describe('T-04: tickets that lack something', () => {
  it('say what, are found, and move on only when it is given, in one request', async () => {
    const { id } = await mailed({ companyId: company.id });
    const object = await anObject(api, { companyId: company.id });
    expect(await incompleteOf(id)).toEqual(['cf.order', 'objectId']);
    const found = async () => (await staff().get('/tickets').query({ q: 'is:incomplete', limit: 200 })).body.data;
    expect((await found()).map((row: { id: string }) => row.id)).toContain(id);
    const { body: card } = await staff().get(`/tickets/${id}`);
    const [transition] = card.transitions;
    expect(transition.blockedBy).toEqual(['Заполните: Объект обслуживания, order']);
    const refused = await staff().post(`/tickets/${id}/transition`).send({ transitionId: transition.id }).expect(409);
    expect(refused.body.unmet).toEqual([{ guard: 'form', message: 'Заполните: Объект обслуживания, order' }]);
    const half = await staff()
      .post(`/tickets/${id}/transition`)
      .send({ transitionId: transition.id, fields: { objectId: object.id, customFields: { nope: 1 } } })
      .expect(422);
    expect(told(half.body)).toEqual([['/fields/customFields/nope', 'fields.fieldUnknown']]);
    const { body } = await staff()
      .post(`/tickets/${id}/transition`)
      .send({ transitionId: transition.id, fields: { objectId: object.id, customFields: { order: '7' } } })
      .expect(200);
    expect(body).toMatchObject({ status: { id: transition.to.id }, object: { id: object.id }, incomplete: [] });
    expect((await found()).map((row: { id: string }) => row.id)).not.toContain(id);
  });

  it('a status can ask for more: the refusal fills nothing in', async () => {
    const { id: ruleId } = await rule({
      name: 'Выполнено с номером',
      when: { all: [{ field: 'statusCategory', op: 'is', value: 'done' }] },
      effects: [{ field: 'cf.serial', effect: 'require' }],
    });
    const ticket = await aTicket(api, { status: 'in_work' });
    const { body: card } = await staff().get(`/tickets/${ticket.id}`);
    const done = card.transitions.find(({ to }: { to: { category: string } }) => to.category === 'done');
    expect(done.blockedBy).toEqual(['Заполните: serial']);
    await staff()
      .post(`/tickets/${ticket.id}/transition`)
      .send({ transitionId: done.id, fields: { customFields: { order: '1' } } })
      .expect(409);
    expect((await staff().get(`/tickets/${ticket.id}`)).body.customFields).toEqual({});
    await staff()
      .post(`/tickets/${ticket.id}/transition`)
      .send({ transitionId: done.id, comment: { html: '<p>готово</p>' }, fields: { customFields: { serial: '1' } } })
      .expect(200);
    await dropRule(ruleId);
  });

  it('a client is refused too, without the names of fields of the house', async () => {
    const { id: ruleId } = await rule({
      name: 'Закрывать с тайной',
      when: { all: [{ field: 'statusCategory', op: 'is', value: 'closed' }] },
      effects: [
        { field: 'cf.secret', effect: 'require' },
        { field: 'cf.serial', effect: 'require' },
      ],
    });
    const ticket = await aTicket(api, { companyId: company.id, contactId: client.id, status: 'done' });
    const { body } = await api.as(client).post(`/portal/tickets/${ticket.id}/close`).send({}).expect(409);
    expect(body.unmet).toEqual([{ guard: 'form', message: 'Заполните: serial. Заявка ещё не заполнена до конца' }]);
    await dropRule(ruleId);
    await api.as(client).post(`/portal/tickets/${ticket.id}/close`).send({}).expect(200);
  });

  it('the filter and the tickets agree under any rules', async () => {
    const random = dice(20_260_122);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const object = await anObject(api, { companyId: company.id });
    const made: string[] = [];
    for (let n = 0; n < 20; n++) {
      const { id } = await mailed({
        subject: pick(['Возврат', 'Срочно', 'Обычная', 'Фото']),
        description: pick(['', '<p> </p>', '<p>только текст</p>', '<p>текст</p>']),
        ...pick([{}, { companyId: company.id }, { companyId: company.id, objectId: object.id }]),
        ...pick([{}, { plannedSeconds: 60 }, { plannedSeconds: 3600 }]),
        ...pick([{}, { deadlineAt: '2026-05-01T00:00:00Z' }]),
        customFields: pick([
          {},
          { order: '1' },
          { warranty: true },
          { warranty: false, serial: 'A-1' },
          { reason: 'wish' },
          { reason: 'outage', order: '2' },
        ]),
      });
      made.push(id);
    }
    const clauses = [
      { field: 'subject', op: 'contains', value: 'рат' },
      { field: 'subject', op: 'is', value: 'фото' },
      { field: 'cf.warranty', op: 'is', value: true },
      { field: 'cf.warranty', op: 'empty' },
      { field: 'cf.reason', op: 'in', value: ['wish'] },
      { field: 'cf.reason', op: 'is_not', value: 'wish' },
      { field: 'plannedSeconds', op: 'gt', value: 60 },
      { field: 'deadlineAt', op: 'lt', value: '2026-06-01T00:00:00Z' },
      { field: 'objectPathIds', op: 'is', value: object.id },
      { field: 'companyId', op: 'not_empty' },
      { field: 'typeCode', op: 'is', value: 'incident' },
      { field: 'hasFiles', op: 'is', value: false },
      { field: 'source', op: 'in', value: ['email', 'phone'] },
      { field: 'statusCategory', op: 'is_not', value: 'closed' },
      { field: 'teamLine', op: 'lte', value: 3 },
    ];
    const condition = (): object =>
      pick([
        () => ({ all: [] }),
        () => pick(clauses),
        () => ({ not: pick(clauses) }),
        () => ({ all: [pick(clauses), pick(clauses)] }),
        () => ({ any: [pick(clauses), { not: pick(clauses) }] }),
      ])();
    const effect = (): object =>
      pick([
        ...['cf.order', 'cf.serial', 'objectId', 'description', 'files', 'deadlineAt', 'observers'].flatMap((field) =>
          ['require', 'require', 'optional', 'hide', 'show'].map((kind) => ({ field, effect: kind })),
        ),
        { field: 'cf.reason', effect: 'allow', values: ['outage'] },
        { field: 'cf.reason', effect: 'require' },
      ]);
    const seen = new Set<number>();
    for (let round = 0; round < 8; round++) {
      const ids: string[] = [];
      while (ids.length < 3) {
        const input = { name: `Правило ${ids.length}`, when: condition(), effects: [effect()] };
        const { status, body } = await api.as(admin!).post('/form-rules').send(input);
        // Rules that contradict themselves or each other are refused on saving.
        if (status === 201) ids.push(body.id);
        else expect(status).toBe(422);
      }
      const lacking: string[] = [];
      for (const id of made) if ((await incompleteOf(id)).length) lacking.push(id);
      const { body } = await staff().get('/tickets').query({ q: 'is:incomplete', limit: 200 }).expect(200);
      const found = body.data.map(({ id }: { id: string }) => id).filter((id: string) => made.includes(id));
      expect(found.sort()).toEqual(lacking.sort());
      seen.add(lacking.length);
      for (const id of ids) await dropRule(id);
    }
    expect(seen.size).toBeGreaterThan(3);
  }, 120_000);
});

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
