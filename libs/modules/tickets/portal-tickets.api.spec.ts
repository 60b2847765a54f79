import { aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee, aSession } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { PortalTicketsController } from './portal-tickets.controller';
import { aComment, aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let dispatcher: Awaited<ReturnType<typeof anEmployee>>;
beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher', name: 'Дина' });
});
afterAll(() => api.close());

type Contact = Awaited<ReturnType<typeof aContact>>;
const typeId = async (code: string): Promise<string> =>
  (await api.db.query<{ id: string }>(api.system, 'SELECT id FROM ticket_type WHERE code = $1', [code]))[0]!.id;
const numbers = async (person: Contact, query = ''): Promise<number[]> =>
  (await api.as(person).get(`/portal/tickets${query}`).expect(200)).body.data.map(
    ({ number }: { number: number }) => number,
  );

describe('the portal', () => {
  it('PO-01: a file that is not the client’s own upload is told by its place', async () => {
    const contact = await aContact(api, { companyId: (await aCompany(api)).id });
    const upload = async (person: Contact) =>
      (await api.as(person).post('/portal/files').attach('file', Buffer.from(newId()), 'a.txt').expect(201)).body.id;
    const [own, foreign] = [await upload(contact), await upload(await aContact(api, {}))];
    const ticket = { subject: 'Касса', description: 'x', typeId: await typeId('service_request') };
    const refused = await api
      .as(contact)
      .post('/portal/tickets')
      .send({ ...ticket, files: [own, foreign] })
      .expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/files/1', code: 'files.notYours' }]);
    const { body } = await api.as(contact).post('/portal/tickets').send(ticket).expect(201);
    const comment = await api
      .as(contact)
      .post(`/portal/tickets/${body.id}/comments`)
      .send({ text: 'Вот', fileIds: [own, foreign] })
      .expect(422);
    expect(comment.body.errors).toMatchObject([{ pointer: '/fileIds/1', code: 'files.notYours' }]);
  });

  it('PO-01: a client files a ticket by the form of its type, with an object and a file', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const object = await anObject(api, { companyId: company.id });
    const upload = await api
      .as(contact)
      .post('/portal/files')
      .attach('file', Buffer.from('x'), { filename: 'фото.jpg', contentType: 'image/jpeg' })
      .expect(201);
    const types = (await api.as(contact).get('/portal/ticket-types').expect(200)).body.data;
    expect(types.map(({ code }: { code: string }) => code)).toEqual(['incident', 'service_request', 'consultation']);
    expect(types[0].form.map(({ field }: { field: string }) => field)).toEqual(['description', 'objectId', 'files']);
    const { body } = await api
      .as(contact)
      .post('/portal/tickets')
      .send({
        subject: 'Касса не работает',
        description: 'Экран <чёрный>\nс утра',
        typeId: types[0].id,
        objectId: object.id,
        files: [upload.body.id],
      })
      .expect(201);
    expect(body).toMatchObject({
      subject: 'Касса не работает',
      description: '<p>Экран &lt;чёрный&gt;<br />с утра</p>',
      status: { name: 'Принята', category: 'new' },
      type: { name: 'Инцидент' },
      company: { id: company.id },
      object: { id: object.id },
      author: { kind: 'contact', isMe: true, name: contact.name },
      responsible: null,
      files: [{ id: upload.body.id, name: 'фото.jpg' }],
      can: { comment: true, close: true, reopen: false, rate: false },
    });
    expect((await api.as(dispatcher).get(`/tickets/${body.id}`)).body).toMatchObject({
      source: 'portal',
      contact: { id: contact.id },
      author: { kind: 'contact', id: contact.id },
    });
    expect((await api.as(contact).get(`/portal/tickets/${body.number}`).expect(200)).body.id).toBe(body.id);
  });

  it('PO-01: refuses what the client may not choose', async () => {
    const [mine, other] = [await aCompany(api), await aCompany(api)];
    const contact = await aContact(api, { companyId: mine.id });
    const both = await aContact(api, { memberships: [{ companyId: mine.id }, { companyId: other.id }] });
    const foreign = await anObject(api, { companyId: other.id });
    const post = async (person: Contact, input: object) => {
      const { status, body } = await api
        .as(person)
        .post('/portal/tickets')
        .send({ subject: 'x', ...input });
      return [status, ...(body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)];
    };
    expect(await post(contact, { typeId: await typeId('inner') })).toEqual([422, '/typeId']);
    expect(await post(contact, { companyId: other.id })).toEqual([422, '/companyId']);
    expect(await post(contact, { objectId: foreign.id })).toEqual([422, '/objectId']);
    expect(await post(contact, { assigneeId: dispatcher.id })).toEqual([422, '/assigneeId']);
    expect(await post(contact, { priorityId: newId() })).toEqual([422, '/priorityId']);
    expect(await post(both, {})).toEqual([422, '/companyId']);
    expect(await post(both, { companyId: other.id })).toEqual([201]);
    expect(await post(contact, { files: [newId()] })).toEqual([422, '/files/0']);
  });

  it('S-02: a contact sees his own tickets, the company by right, its part by objects, never inner work', async () => {
    const company = await aCompany(api);
    const shop = await anObject(api, { companyId: company.id });
    const desk = await anObject(api, { companyId: company.id, parentId: shop.id });
    const elsewhere = await anObject(api, { companyId: company.id });
    const [plain, boss, local] = [
      await aContact(api, { companyId: company.id }),
      await aContact(api, { companyId: company.id, rights: { seesCompany: true } }),
      await aContact(api, { companyId: company.id, rights: { seesCompany: true, objectIds: [shop.id] } }),
    ];
    const own = await aTicket(api, { companyId: company.id, contactId: plain.id, objectId: elsewhere.id });
    const below = await aTicket(api, { companyId: company.id, objectId: desk.id });
    const watched = await aTicket(api, { companyId: company.id, observers: [{ kind: 'contact', id: plain.id }] });
    const inner = await aTicket(api, { companyId: company.id, contactId: plain.id, typeId: await typeId('inner') });
    const foreign = await aTicket(api, { companyId: (await aCompany(api)).id });
    const of = (...tickets: { number: number }[]) => tickets.map(({ number }) => number).sort();
    expect((await numbers(plain)).sort()).toEqual(of(own, watched));
    expect((await numbers(boss)).sort()).toEqual(of(own, below, watched));
    expect((await numbers(local)).sort()).toEqual(of(below));
    expect(await numbers(boss, '?scope=mine')).toEqual([]);
    expect(await numbers(plain, '?scope=mine')).toEqual([own.number]);
    for (const ticket of [inner, foreign, below]) {
      for (const path of ['', '/comments']) await api.as(plain).get(`/portal/tickets/${ticket.id}${path}`).expect(404);
      for (const path of ['/comments', '/close', '/reopen'])
        await api
          .as(plain)
          .post(`/portal/tickets/${ticket.id}${path}`)
          .send(path === '/comments' ? { text: 'x' } : {})
          .expect(404);
    }
    await api.as(dispatcher).get('/portal/tickets').expect(403);
  });

  it('S-02: out of the company, out of its tickets', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const { number } = await aTicket(api, { companyId: company.id, contactId: contact.id });
    expect(await numbers(contact)).toEqual([number]);
    await api.db.query(api.system, 'DELETE FROM membership WHERE "contactId" = $1', [contact.id]);
    const again = { ...contact, sessionId: await aSession(api, contact) };
    expect(await numbers(again)).toEqual([]);
  });

  it('PO-01: lists by state and company, page by page, the latest change first', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const made: number[] = [];
    for (let n = 0; n < 5; n++)
      made.unshift((await aTicket(api, { companyId: company.id, contactId: contact.id, subject: `№${n}` })).number);
    const closed = await aTicket(api, { companyId: company.id, contactId: contact.id, status: 'done' });
    expect(await numbers(contact, '?state=open')).toEqual(made);
    expect(await numbers(contact, '?state=closed')).toEqual([closed.number]);
    const first = (await api.as(contact).get('/portal/tickets?state=open&limit=3')).body;
    const second = (await api.as(contact).get(`/portal/tickets?state=open&limit=3&cursor=${first.page.next}`)).body;
    expect([...first.data, ...second.data].map(({ number }: { number: number }) => number)).toEqual(made);
    expect(second.page.next).toBeNull();
    await api.as(contact).get('/portal/tickets?state=nonsense').expect(422);
    await api
      .as(contact)
      .get('/portal/tickets?cursor=%00')
      .expect((answer) => expect(answer.status).toBeLessThan(500));
  });

  it('T-11: an answer is seen by the client only when its hold is over', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const { id } = await aTicket(api, { companyId: company.id, contactId: contact.id });
    const seen = async () => (await api.as(contact).get(`/portal/tickets/${id}/comments`)).body.data.length;
    await aComment(api, id, { by: dispatcher, text: 'Ответ', audience: ['client'] });
    expect(await seen()).toBe(0);
    await api.advance({ seconds: 11 });
    expect(await seen()).toBe(1);
  });

  it('PO-01: the client answers, and the ticket that waited for him goes back to work', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const about = { companyId: company.id, contactId: contact.id };
    const state = async (id: string) => {
      const { body } = await api.as(dispatcher).get(`/tickets/${id}`);
      return [body.status.code, body.awaiting];
    };
    for (const [status, after] of [
      ['waiting_client', ['in_work', 'us']],
      ['done', ['in_work', 'us']],
      ['new', ['new', 'us']],
      ['waiting_partner', ['waiting_partner', 'us']],
    ] as const) {
      const { id } = await aTicket(api, { ...about, status });
      const { body } = await api
        .as(contact)
        .post(`/portal/tickets/${id}/comments`)
        .send({ text: 'Вот <b>ответ</b>' })
        .expect(201);
      expect(body).toMatchObject({
        html: '<p>Вот &lt;b&gt;ответ&lt;/b&gt;</p>',
        author: { isMe: true, kind: 'contact' },
      });
      expect(await state(id)).toEqual(after);
    }
    await api
      .as(contact)
      .post(`/portal/tickets/${(await aTicket(api, about)).id}/comments`)
      .send({ text: '  ' })
      .expect(422);
  });

  it('PO-01: the client closes and opens again, within two weeks', async () => {
    const company = await aCompany(api);
    const [contact, colleague, boss] = [
      await aContact(api, { companyId: company.id }),
      await aContact(api, { companyId: company.id, rights: { seesCompany: true } }),
      await aContact(api, { companyId: company.id, rights: { seesCompany: true, closesCompany: true } }),
    ];
    const { id } = await aTicket(api, { companyId: company.id, contactId: contact.id });
    expect((await api.as(colleague).get(`/portal/tickets/${id}`)).body.can).toEqual({
      comment: true,
      close: false,
      reopen: false,
      rate: false,
    });
    await api.as(colleague).post(`/portal/tickets/${id}/close`).send({}).expect(403);
    const closed = await api
      .as(contact)
      .post(`/portal/tickets/${id}/close`)
      .send({ comment: 'Само прошло' })
      .expect(200);
    expect(closed.body).toMatchObject({
      status: { category: 'closed' },
      can: { comment: true, close: false, reopen: true, rate: true },
    });
    await api.as(contact).post(`/portal/tickets/${id}/close`).send({}).expect(409);
    expect((await api.as(contact).post(`/portal/tickets/${id}/reopen`).expect(200)).body.status.category).toBe(
      'in_work',
    );
    await api.as(contact).post(`/portal/tickets/${id}/reopen`).expect(409);
    await api.as(boss).post(`/portal/tickets/${id}/close`).send({}).expect(200);
    await api.db.query(api.system, `UPDATE ticket SET "closedAt" = "closedAt" - interval '15 days' WHERE id = $1`, [
      id,
    ]);
    expect((await api.as(contact).get(`/portal/tickets/${id}`)).body.can).toEqual({
      comment: false,
      close: false,
      reopen: false,
      rate: true,
    });
    expect((await api.as(contact).post(`/portal/tickets/${id}/reopen`).expect(409)).body.code).toBe(
      'tickets.closedForGood',
    );
    expect(
      (await api.as(contact).post(`/portal/tickets/${id}/comments`).send({ text: 'x' }).expect(409)).body.code,
    ).toBe('tickets.closedForGood');
  });

  it('PO-01: no internal word reaches the portal by any of its answers', async () => {
    const company = await aCompany(api, { comment: 'КАНАРЕЙКА-компания', phone: '+74951112233' });
    const contact = await aContact(api, { companyId: company.id });
    const other = await aContact(api, { companyId: company.id, email: `kanareyka-${newId()}@client.test` });
    const secret = await anEmployee(api, {
      role: 'dispatcher',
      name: 'Видимый Ответственный',
      email: `kanareyka-${newId()}@opora.test`,
    });
    const object = await anObject(api, { companyId: company.id, comment: 'КАНАРЕЙКА-объект' });
    const helper = await anEmployee(api, { name: 'КАНАРЕЙКА-соисполнитель' });
    const { id } = await aTicket(api, {
      companyId: company.id,
      contactId: contact.id,
      objectId: object.id,
      assigneeId: secret.id,
      coExecutorIds: [helper.id],
      observers: [{ kind: 'contact', id: other.id }],
      externalIds: { crm: 'КАНАРЕЙКА-внешний' },
    });
    await aComment(api, id, { by: secret, text: 'КАНАРЕЙКА-внутри' });
    await aComment(api, id, { by: secret, text: 'КАНАРЕЙКА-партнёру', audience: ['partner'] });
    await aComment(api, id, { text: 'КАНАРЕЙКА-возврат', kind: 'bounce' });
    const undone = await aComment(api, id, { by: secret, text: 'КАНАРЕЙКА-отменено', audience: ['client'] });
    await api.as(secret).post(`/comments/${undone.id}/undo`).expect(200);
    const file = await api
      .as(secret)
      .post('/files')
      .attach('file', Buffer.from('x'), { filename: 'КАНАРЕЙКА.txt', contentType: 'text/plain' })
      .expect(201);
    await api
      .as(secret)
      .post(`/tickets/${id}/attachments`)
      .send({ fileId: file.body.id, audience: ['internal', 'partner'], caption: 'КАНАРЕЙКА-подпись' })
      .expect(201);
    await api
      .as(secret)
      .put(`/tickets/${id}/draft`)
      .send({ html: 'КАНАРЕЙКА-черновик', audience: ['client'] })
      .expect(204);
    await aComment(api, id, { by: secret, text: 'Видно клиенту', audience: ['client'] });
    await api.advance({ seconds: 11 });

    const answers = [
      await api.as(contact).get('/portal/tickets'),
      await api.as(contact).get(`/portal/tickets?q=${encodeURIComponent('канарейка')}`),
      await api.as(contact).get(`/portal/tickets/${id}`),
      await api.as(contact).get(`/portal/tickets/${id}/comments`),
      await api.as(contact).get('/portal/ticket-types'),
      await api.as(contact).post(`/portal/tickets/${id}/comments`).send({ text: 'ответ' }),
      await api.as(contact).post(`/portal/tickets/${id}/close`).send({}),
      await api.as(contact).post(`/portal/tickets/${id}/reopen`),
      await api.as(contact).post('/portal/tickets').send({ subject: 'x' }),
      await api.as(contact).post('/portal/tickets/duplicates').send({ subject: 'канарейка молчит' }),
    ];
    // A new route of the portal must come with its own answer above.
    const routes = Object.getOwnPropertyNames(PortalTicketsController.prototype).filter(
      (name) => name !== 'constructor',
    );
    expect(routes.sort()).toEqual([
      'close',
      'comment',
      'create',
      'duplicates',
      'get',
      'list',
      'listComments',
      'reopen',
      'types',
    ]);
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300);
      expect(JSON.stringify(answer.body).toLowerCase()).not.toMatch(/канарейка|kanareyka|1112233/);
    }
    expect(JSON.stringify(answers[3]!.body)).toContain('Видно клиенту');
    expect(answers[1]!.body.data).toEqual([]);
    expect(answers[2]!.body.responsible).toEqual({ name: 'Видимый Ответственный' });
  });
});
