import { aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let dispatcher: Awaited<ReturnType<typeof anEmployee>>;
beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher', name: 'Дина Диспетчер' });
});
afterAll(() => api.close());

const statusOf = async (code: string): Promise<string> =>
  (await api.db.query<{ id: string }>(api.system, 'SELECT id FROM ticket_status WHERE code = $1', [code]))[0]!.id;
const countTickets = async (): Promise<number> =>
  (await api.db.query<{ n: number }>(api.system, 'SELECT count(*)::int AS n FROM ticket'))[0]!.n;

/** An upload of the person. */
async function anUpload(person: Parameters<TestApi['as']>[0], name = 'снимок.png', path = '/files'): Promise<string> {
  const { body } = await api
    .as(person)
    .post(path)
    .attach('file', Buffer.from(`bytes of ${newId()}`), { filename: name, contentType: 'image/png' })
    .expect(201);
  return (body as { id: string }).id;
}

describe('registering', () => {
  it('T-01: a file that is not one’s own upload is told by its place, beside whatever else is wrong', async () => {
    const [own, foreign] = [await anUpload(dispatcher), await anUpload(await anEmployee(api))];
    const before = await countTickets();
    const send = (files: string[], more: object = {}) =>
      api
        .as(dispatcher)
        .post('/tickets')
        .send({ subject: 'Касса', files: files.map((fileId) => ({ fileId })), ...more });
    const { body } = await send([own, foreign, newId()], { companyId: newId() }).expect(422);
    expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
      ['/companyId', 'tickets.companyUnknown'],
      ['/files/1/fileId', 'files.notYours'],
      ['/files/2/fileId', 'files.notYours'],
    ]);
    expect(await countTickets()).toBe(before);
    await send([own.toUpperCase()]).expect(201);
    const again = await send([own]).expect(422);
    expect(again.body.errors).toMatchObject([{ pointer: '/files/0/fileId', code: 'files.notYours' }]);
  });

  it('T-01: one request sets every field', async () => {
    const [engineer, helper] = [await anEmployee(api), await anEmployee(api)];
    const [team, watchers] = [await aTeam(api), await aTeam(api)];
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const observer = await aContact(api, { companyId: company.id });
    const object = await anObject(api, { companyId: company.id, name: 'Магазин 12' });
    const parent = await aTicket(api, { companyId: company.id });
    const [type] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_type WHERE code = 'service_request'`,
    );
    const [priority] = await api.db.query<{ id: string }>(api.system, `SELECT id FROM priority WHERE code = 'high'`);
    const fileId = await anUpload(dispatcher);
    const { body, headers } = await api
      .as(dispatcher)
      .post('/tickets')
      .send({
        subject: '  Не печатает  принтер\tHP-7919 ',
        description: '<p onclick="x()">После <b>обновления</b></p>',
        typeId: type!.id,
        priorityId: priority!.id,
        companyId: company.id,
        contactId: contact.id,
        objectId: object.id,
        assigneeId: engineer.id,
        teamId: team.id,
        parentId: parent.id,
        observers: [
          { kind: 'team', id: watchers.id },
          { kind: 'contact', id: observer.id },
          { kind: 'employee', id: helper.id },
        ],
        coExecutorIds: [helper.id],
        deadlineAt: '2030-01-02T10:00:00+03:00',
        scheduledFor: '2030-01-01T10:00:00Z',
        plannedSeconds: 3600,
        source: 'phone',
        externalIds: { '1c': '000123' },
        files: [{ fileId, audience: ['client'], caption: 'Экран' }],
      })
      .expect(201);
    expect(body).toMatchObject({
      subject: 'Не печатает  принтер HP-7919',
      description: '<p>После <b>обновления</b></p>',
      type: { code: 'service_request', name: 'Запрос на обслуживание' },
      status: { code: 'new', category: 'new' },
      priority: { code: 'high' },
      company: { id: company.id },
      contact: { id: contact.id, emails: [contact.email] },
      object: { id: object.id, path: ['Магазин 12'] },
      assignee: { id: engineer.id },
      team: { id: team.id },
      parent: { id: parent.id },
      coExecutors: [{ id: helper.id }],
      deadlineAt: '2030-01-02T07:00:00.000Z',
      scheduledFor: '2030-01-01T10:00:00.000Z',
      plannedSeconds: 3600,
      source: 'phone',
      externalIds: { '1c': '000123' },
      author: { kind: 'employee', id: dispatcher.id },
      fileCount: 1,
      version: 1,
      awaiting: 'us',
    });
    expect(body.observers).toHaveLength(3);
    expect(headers.etag).toBe('"1"');
    expect(headers.location).toBe(`/api/v1/tickets/${body.id}`);
    expect((await api.as(dispatcher).get(`/tickets/${body.number}`).expect(200)).body).toEqual({ ...body });
    expect((await api.as(dispatcher).get(`/tickets/${parent.id}`)).body.children).toMatchObject([{ id: body.id }]);
    const files = await api.as(dispatcher).get(`/tickets/${body.id}/attachments`).expect(200);
    expect(files.body.data).toMatchObject([{ fileId, audience: ['client'], caption: 'Экран', name: 'снимок.png' }]);
  });

  it('T-01: only the subject is needed', async () => {
    const { body } = await api.as(dispatcher).post('/tickets').send({ subject: 'Звонок' }).expect(201);
    expect(body).toMatchObject({
      type: { code: 'incident' },
      priority: { code: 'normal' },
      source: 'agent',
      company: null,
      assignee: null,
    });
  });

  it('T-01: every wrong field is named at once and nothing is written', async () => {
    const company = await aCompany(api);
    const stranger = await aContact(api, { companyId: (await aCompany(api)).id });
    const foreignObject = await anObject(api, { companyId: (await aCompany(api)).id });
    const before = await countTickets();
    const { body } = await api
      .as(dispatcher)
      .post('/tickets')
      .send({
        subject: 'x',
        typeId: newId(),
        priorityId: newId(),
        companyId: company.id,
        contactId: stranger.id,
        objectId: foreignObject.id,
        assigneeId: newId(),
        teamId: newId(),
        parentId: newId(),
        coExecutorIds: [newId()],
        observers: [
          { kind: 'employee', id: dispatcher.id },
          { kind: 'contact', id: newId() },
        ],
        authorContactId: newId(),
      })
      .expect(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/typeId',
      '/priorityId',
      '/contactId',
      '/objectId',
      '/assigneeId',
      '/teamId',
      '/parentId',
      '/authorContactId',
      '/coExecutorIds/0',
      '/observers/1/id',
    ]);
    expect(body.errors[2]).toMatchObject({
      code: 'tickets.contactNotInCompany',
      message: 'Контактное лицо не относится к этой компании',
    });
    expect(await countTickets()).toBe(before);
  });

  it.each<[string, object, string]>([
    ['an unknown field', { subject: 'x', id: newId() }, '/id'],
    ['a set number', { subject: 'x', number: 5 }, '/number'],
    ['an array for a text', { subject: ['x'] }, '/subject'],
    ['an empty subject', { subject: '   ' }, '/subject'],
    ['a null subject', { subject: null }, '/subject'],
    ['a NUL', { subject: 'a\u0000b' }, '/subject'],
    ['a huge subject', { subject: 'x'.repeat(1_000_000) }, '/subject'],
    ['a huge description', { subject: 'x', description: 'x'.repeat(300_000) }, '/description'],
    ['a wrong moment', { subject: 'x', deadlineAt: '2026-02-31T10:00:00Z' }, '/deadlineAt'],
    ['a moment without an offset', { subject: 'x', scheduledFor: '2026-02-01T10:00:00' }, '/scheduledFor'],
    ['a broken duration', { subject: 'x', plannedSeconds: 1.5 }, '/plannedSeconds'],
    ['a wrong source', { subject: 'x', source: 'fax' }, '/source'],
    ['a text for an id', { subject: 'x', companyId: 'x' }, '/companyId'],
    ['nested external ids', { subject: 'x', externalIds: { a: { b: 1 } } }, '/externalIds'],
    ['a wrong observer', { subject: 'x', observers: [{ kind: 'robot', id: newId() }] }, '/observers/0/kind'],
    ['a list for the caller', { subject: 'x', newContact: [] }, '/newContact'],
    ['a list in a list', { subject: 'x', files: [[]] }, '/files'],
    ['a scalar for a list', { subject: 'x', coExecutorIds: newId() }, '/coExecutorIds'],
  ])('T-01: refuses %s', async (_, input, pointer) => {
    const { body } = await api.as(dispatcher).post('/tickets').send(input).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('T-01: a caller is registered together with the ticket, or not at all', async () => {
    const company = await aCompany(api);
    const newContact = { name: 'Пётр Новый', email: `petr-${newId()}@client.test`, phone: '8 916 123-45-67' };
    const { body } = await api
      .as(dispatcher)
      .post('/tickets')
      .send({ subject: 'Звонок', companyId: company.id, newContact })
      .expect(201);
    expect(body.contact).toMatchObject({ name: 'Пётр Новый', emails: [newContact.email] });
    const before = await countTickets();
    const again = await api
      .as(dispatcher)
      .post('/tickets')
      .send({ subject: 'Звонок', companyId: company.id, newContact });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(again.status).toBeLessThan(500);
    expect(await countTickets()).toBe(before);
  });

  it('R-02: without a person and a team the default responsible is set, the object before the company', async () => {
    const [forCompany, forObject] = [await anEmployee(api), await anEmployee(api)];
    const company = await aCompany(api, { responsibleEmployeeId: forCompany.id });
    const object = await anObject(api, { companyId: company.id, responsibleEmployeeId: forObject.id });
    const create = async (input: object) =>
      (
        await api
          .as(dispatcher)
          .post('/tickets')
          .send({ subject: 'x', ...input })
          .expect(201)
      ).body.assignee?.id;
    expect(await create({ companyId: company.id })).toBe(forCompany.id);
    expect(await create({ objectId: object.id })).toBe(forObject.id);
    expect(await create({ companyId: company.id, assigneeId: null })).toBeUndefined();
  });

  it('T-25: the source is kept', async () => {
    const { body } = await api.as(dispatcher).post('/tickets').send({ subject: 'x', source: 'monitoring' }).expect(201);
    expect(body.source).toBe('monitoring');
  });

  it('T-01: numbers never repeat under concurrency', async () => {
    const made = await Promise.all(
      Array.from({ length: 30 }, () => api.as(dispatcher).post('/tickets').send({ subject: 'x' })),
    );
    expect(new Set(made.map(({ body }) => body.number)).size).toBe(30);
  });
});

describe('taking', () => {
  it('T-10: exactly one of fifty engineers takes the ticket, the others see who', async () => {
    const team = await aTeam(api);
    const ticket = await aTicket(api, { teamId: team.id });
    const engineers = await Promise.all(Array.from({ length: 10 }, () => anEmployee(api, { teamIds: [team.id] })));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        api
          .as(engineers[index % 10]!)
          .post(`/tickets/${ticket.id}/take`)
          .send(),
      ),
    );
    const { body } = await api.as(dispatcher).get(`/tickets/${ticket.id}`);
    for (const [index, answer] of answers.entries()) {
      const isWinner = engineers[index % 10]!.id === body.assignee.id;
      expect(answer.status).toBe(isWinner ? 200 : 409);
      if (!isWinner)
        expect(answer.body).toMatchObject({
          code: 'tickets.alreadyTaken',
          assignee: { id: body.assignee.id, name: body.assignee.name },
        });
    }
    const history = await api.as(dispatcher).get(`/tickets/${ticket.id}/history`);
    expect(history.body.data.filter(({ field }: { field: string }) => field === 'assigneeId')).toHaveLength(1);
    expect(body.status.code).toBe('in_work');
  });
});

describe('moving along the process', () => {
  const transition = (id: string, input: object) => api.as(dispatcher).post(`/tickets/${id}/transition`).send(input);

  it('T-05: follows the transitions and keeps the milestones', async () => {
    const { id } = await aTicket(api);
    const done = await transition(id, { statusId: await statusOf('done') }).expect(200);
    expect(done.body).toMatchObject({ status: { category: 'done' }, awaiting: null, closedAt: null });
    expect(done.body.solvedAt).not.toBeNull();
    const closed = await transition(id, { statusId: await statusOf('closed') }).expect(200);
    expect(closed.body.closedAt).not.toBeNull();
    const reopened = await transition(id, { statusId: await statusOf('in_work') }).expect(200);
    expect(reopened.body).toMatchObject({ solvedAt: null, closedAt: null, awaiting: 'us' });
  });

  it('T-05: a transition that is not there is refused', async () => {
    const { id } = await aTicket(api, { status: 'closed' });
    const { body } = await transition(id, { statusId: await statusOf('waiting_client') }).expect(409);
    expect(body).toMatchObject({ code: 'tickets.transitionRefused', unmet: [{ guard: 'process' }] });
    await transition(id, {}).expect(422);
    await transition(id, { transitionId: newId() }).expect(409);
  });

  it('T-05: a transition may need a comment', async () => {
    const { id } = await aTicket(api);
    const statusId = await statusOf('closed');
    const { body } = await transition(id, { statusId }).expect(409);
    expect(body.unmet).toEqual([{ guard: 'comment', message: 'Нужен комментарий' }]);
    const ok = await transition(id, { statusId, comment: { html: '<p>Дубль</p>' } }).expect(200);
    expect(ok.body).toMatchObject({ status: { code: 'closed' }, commentCount: 1 });
  });

  it('T-05: transitions offered are those of the process', async () => {
    const { id } = await aTicket(api);
    const { body } = await api.as(dispatcher).get(`/tickets/${id}`);
    expect(body.transitions.map(({ to }: { to: { code: string } }) => to.code)).toEqual([
      'in_work',
      'waiting_client',
      'waiting_partner',
      'done',
      'closed',
    ]);
    expect(body.transitions[0]).toMatchObject({ name: 'Взять в работу', requiresComment: false, blockedBy: [] });
  });
});

describe('assigning', () => {
  it('R-05: passing between teams is counted, its reason kept, the person left behind', async () => {
    const [first, second] = [await aTeam(api, { line: 1 }), await aTeam(api, { line: 2 })];
    const engineer = await anEmployee(api, { teamIds: [first.id] });
    const { id } = await aTicket(api, { teamId: first.id, assigneeId: engineer.id });
    const { body } = await api
      .as(dispatcher)
      .post(`/tickets/${id}/assign`)
      .send({ teamId: second.id, reason: 'Нужна вторая линия' })
      .expect(200);
    expect(body).toMatchObject({ team: { id: second.id, line: 2 }, assignee: null, handoverCount: 1 });
    const { body: history } = await api.as(dispatcher).get(`/tickets/${id}/history`);
    expect(history.data.find(({ field }: { field: string }) => field === 'teamId')).toMatchObject({
      cause: { kind: 'user', reason: 'Нужна вторая линия' },
      beforeLabel: first.name,
      afterLabel: second.name,
      actor: { id: dispatcher.id },
    });
    await api.as(dispatcher).post(`/tickets/${id}/assign`).send({}).expect(422);
    await api.as(dispatcher).post(`/tickets/${id}/assign`).send({ assigneeId: newId() }).expect(422);
  });
});

describe('deleting', () => {
  it('T-26: deletes with a reason, hides, restores, keeps the number', async () => {
    const team = await aTeam(api);
    const { id, number } = await aTicket(api, { teamId: team.id });
    const engineer = await anEmployee(api, { teamIds: [team.id] });
    await api.as(engineer).post(`/tickets/${id}/delete`).send({ reason: 'x' }).expect(403);
    await api.as(dispatcher).post(`/tickets/${id}/delete`).send({}).expect(422);
    await api.as(dispatcher).post(`/tickets/${id}/delete`).send({ reason: 'Создана по ошибке' }).expect(204);
    await api.as(engineer).get(`/tickets/${id}`).expect(404);
    await api.as(engineer).post(`/tickets/${id}/restore`).expect(403);
    const { body } = await api.as(dispatcher).get(`/tickets/${number}`).expect(200);
    expect(body).toMatchObject({ deleteReason: 'Создана по ошибке', can: { update: false, restore: true } });
    await api.as(dispatcher).post(`/tickets/${id}/take`).send().expect(404);
    await api.as(dispatcher).post(`/tickets/${id}/restore`).expect(200);
    expect((await api.as(engineer).get(`/tickets/${id}`).expect(200)).body).toMatchObject({ number, deletedAt: null });
    await api.as(dispatcher).post(`/tickets/${id}/restore`).expect(409);
  });
});
