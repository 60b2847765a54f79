import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { On, type PayloadOf } from '@opora/platform/events';
import { startApi, type TestApi } from '@opora/platform/testing';
import { Injectable, Module } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { aComment, aTicket } from './testing';
import { CommentUndone, TicketCommented } from './tickets.events';
import { TicketsModule } from './tickets.module';

type Facts = PayloadOf<typeof TicketCommented>;

/** Stands for the modules above that listen. */
@Injectable()
class Ear {
  readonly commented: Facts[] = [];
  readonly undone: string[] = [];
  @On(TicketCommented) async hear(_ctx: Ctx, facts: Facts) {
    this.commented.push(facts);
  }
  @On(CommentUndone) async hearUndo(_ctx: Ctx, { commentId }: PayloadOf<typeof CommentUndone>) {
    this.undone.push(commentId);
  }
}

@Module({ imports: [TicketsModule], providers: [Ear] })
class Listening {}

let api: TestApi;
let dispatcher: Awaited<ReturnType<typeof anEmployee>>;
beforeAll(async () => {
  api = await startApi(Listening);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
});
afterAll(() => api.close());

const say = (id: string, input: object, person = dispatcher) =>
  api.as(person).post(`/tickets/${id}/comments`).send(input);
const read = async (id: string) => (await api.as(dispatcher).get(`/tickets/${id}`).expect(200)).body;

async function anUpload(person = dispatcher): Promise<string> {
  const { body } = await api
    .as(person)
    .post('/files')
    .attach('file', Buffer.from(newId()), { filename: 'a.txt', contentType: 'text/plain' })
    .expect(201);
  return (body as { id: string }).id;
}

describe('comments', () => {
  it('T-11: keeps the audience, the safe text and the files', async () => {
    const { id } = await aTicket(api);
    const [listed, inside] = [await anUpload(), await anUpload()];
    const { body } = await say(id, {
      html: `<p onclick="x()">Готово</p><script>alert(1)</script><img data-file-id="${inside}">`,
      audience: ['client', 'internal'],
      fileIds: [listed],
    }).expect(201);
    expect(body).toMatchObject({
      audience: ['internal', 'client'],
      author: { kind: 'employee', id: dispatcher.id, name: dispatcher.name },
      kind: 'comment',
      source: 'agent',
    });
    expect(body.html).toMatch(new RegExp(`^<p>Готово</p><img src="/api/v1/files/[^"]+" data-file-id="${inside}" />$`));
    expect(body.files).toHaveLength(2);
    expect(await read(id)).toMatchObject({ commentCount: 1, fileCount: 1, awaiting: 'client', lastCommentId: body.id });
    const { body: link } = await api.as(dispatcher).get(`/tickets/${id}/comments`);
    expect(link.data).toMatchObject([{ id: body.id }]);
  });

  it.each<[string, object, string]>([
    ['nothing', { html: '<p> </p>' }, '/html'],
    ['a script alone', { html: '<script>1</script>' }, '/html'],
    ['an unknown audience', { html: 'x', audience: ['everyone'] }, '/audience/0'],
    ['a text for the audience', { html: 'x', audience: 'client' }, '/audience'],
    ['an unknown field', { html: 'x', authorId: newId() }, '/authorId'],
    ['too much', { html: 'x'.repeat(300_000) }, '/html'],
    ['a wrong address', { html: 'x', cc: ['nobody'] }, '/cc'],
  ])('T-11: refuses %s', async (_, input, pointer) => {
    const { id } = await aTicket(api);
    const { body } = await say(id, input).expect(422);
    expect(body.errors[0].pointer).toMatch(new RegExp(`^${pointer.replace(/\/0$/, '')}`));
    expect((await read(id)).commentCount).toBe(0);
  });

  it('T-11: files of somebody else, or taken already, are refused and nothing is written', async () => {
    const { id } = await aTicket(api);
    const foreign = await anUpload(await anEmployee(api, { role: 'dispatcher' }));
    const places = ({ body }: { body: { errors: { pointer: string; code: string }[] } }) =>
      body.errors.map(({ pointer, code }) => [pointer, code]);
    const [own, next] = [await anUpload(), await anUpload()];
    const strange = await say(id, { html: 'x', fileIds: [own, foreign, newId()] }).expect(422);
    expect(places(strange)).toEqual([
      ['/fileIds/1', 'files.notYours'],
      ['/fileIds/2', 'files.notYours'],
    ]);
    await say(id, { html: 'x', fileIds: [own] }).expect(201);
    expect(places(await say(id, { html: 'y', fileIds: [next, own] }).expect(422))).toEqual([
      ['/fileIds/1', 'files.notYours'],
    ]);
    const attached = await api.as(dispatcher).post(`/tickets/${id}/attachments`).send({ fileId: own }).expect(422);
    expect(places(attached)).toEqual([['/fileId', 'files.notYours']]);
    expect((await read(id)).commentCount).toBe(1);
  });

  it('R-05: a line without contact with clients writes inside only and sees no addresses', async () => {
    const line = await aTeam(api, { line: 3, forbidsClientReplies: true, hidesClientContacts: true });
    const developer = await anEmployee(api, { role: 'dispatcher', teamIds: [line.id] });
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const { id } = await aTicket(api, { companyId: company.id, contactId: contact.id });
    const { body } = await say(id, { html: 'x', audience: ['client'] }, developer).expect(403);
    expect(body.code).toBe('tickets.clientRepliesForbidden');
    await say(id, { html: 'внутри', audience: ['internal'] }, developer).expect(201);
    const card = (await api.as(developer).get(`/tickets/${id}`)).body;
    expect(card.can).toMatchObject({ replyClient: false, commentInternal: true });
    expect(card.contact).toEqual({ id: contact.id, name: contact.name, position: null });
    expect(JSON.stringify(card)).not.toContain(contact.email);
    const file = await anUpload(developer);
    await api
      .as(developer)
      .post(`/tickets/${id}/attachments`)
      .send({ fileId: file, audience: ['client'] })
      .expect(403);
  });

  it('T-11: 200 comments and 300 files come in one answer', async () => {
    const { id } = await aTicket(api);
    await api.db.query(
      api.system,
      `INSERT INTO stored_file (id, sha256, name, mime, size, "ownerKind", "ownerId", "createdAt", "claimedAt")
      SELECT gen_random_uuid(), 'many-' || n, 'f' || n, 'text/plain', 1, 'system', 'system', now(), now() FROM generate_series(1, 300) n`,
    );
    await api.db.query(
      api.system,
      `INSERT INTO comment (id, "ticketId", audience, "authorKind", "authorName", html, text, source, "createdAt", "visibleAt")
      SELECT gen_random_uuid(), $1, '{internal}', 'system', 'x', n::text, n::text, 'api', now() + n * interval '1 ms', now() FROM generate_series(1, 200) n`,
      [id],
    );
    await api.db.query(
      api.system,
      `INSERT INTO attachment (id, "ticketId", "commentId", "fileId", audience, "authorKind", "createdAt")
      SELECT gen_random_uuid(), $1, (SELECT id FROM comment WHERE "ticketId" = $1 AND html = (1 + right(f.sha256, 2)::int % 50)::text), f.id, '{internal}', 'system', now()
      FROM stored_file f WHERE f.sha256 LIKE 'many-%' AND length(f.sha256) > 6`,
      [id],
    );
    const began = performance.now();
    const { body } = await api.as(dispatcher).get(`/tickets/${id}/comments?limit=200`).expect(200);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(body.data.map(({ html }: { html: string }) => Number(html))).toEqual(
      Array.from({ length: 200 }, (_, n) => n + 1),
    );
    expect(body.data.flatMap(({ files }: { files: unknown[] }) => files).length).toBeGreaterThan(250);
    expect(body.page.next).toBeNull();
  });

  it('T-11: pages follow each other, after and before a comment', async () => {
    const { id } = await aTicket(api);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await aComment(api, id, { text: `№${n}` })).id);
    const first = (await api.as(dispatcher).get(`/tickets/${id}/comments?limit=2`)).body;
    const second = (await api.as(dispatcher).get(`/tickets/${id}/comments?limit=2&cursor=${first.page.next}`)).body;
    const of = (page: { data: { id: string }[] }) => page.data.map((row) => row.id);
    expect([...of(first), ...of(second)]).toEqual(ids.slice(0, 4));
    expect(of((await api.as(dispatcher).get(`/tickets/${id}/comments?after=${ids[2]}`)).body)).toEqual(ids.slice(3));
    expect(of((await api.as(dispatcher).get(`/tickets/${id}/comments?before=${ids[3]}&limit=2`)).body)).toEqual(
      ids.slice(1, 3),
    );
    await api.as(dispatcher).get(`/tickets/${id}/comments?cursor=xyz`).expect(400);
    const farAway = Buffer.from(JSON.stringify(['+275760-09-13T00:00:00Z', id])).toString('base64url');
    await api.as(dispatcher).get(`/tickets/${id}/comments?cursor=${farAway}`).expect(400);
    await api.as(dispatcher).get(`/tickets/${id}/comments?limit=0`).expect(422);
  });

  it('T-11: the timeline joins comments, changes and files, and narrows to a kind', async () => {
    const { id } = await aTicket(api);
    await api.as(dispatcher).post(`/tickets/${id}/take`).send().expect(200);
    await say(id, { html: 'внутри' }).expect(201);
    await say(id, { html: 'клиенту', audience: ['client'] }).expect(201);
    await api
      .as(dispatcher)
      .post(`/tickets/${id}/attachments`)
      .send({ fileId: await anUpload(), caption: 'Акт' })
      .expect(201);
    const kinds = async (query = '') =>
      (await api.as(dispatcher).get(`/tickets/${id}/timeline${query}`).expect(200)).body.data.map(
        (row: { kind: string; comment?: { html: string }; change?: { field: string } }) =>
          [row.kind, row.comment?.html ?? row.change?.field].filter(Boolean).join(':'),
      );
    expect(await kinds()).toEqual([
      'change:created',
      'change:assigneeId',
      'change:statusId',
      'comment:внутри',
      'comment:клиенту',
      'file',
      'change:files',
    ]);
    expect(await kinds('?kind=client')).toEqual(['comment:клиенту']);
    expect(await kinds('?kind=internal,files')).toEqual(['comment:внутри', 'file']);
    await api.as(dispatcher).get(`/tickets/${id}/timeline?kind=nonsense`).expect(422);
    const first = (await api.as(dispatcher).get(`/tickets/${id}/timeline?limit=3`)).body;
    const second = (await api.as(dispatcher).get(`/tickets/${id}/timeline?limit=50&cursor=${first.page.next}`)).body;
    expect([...first.data, ...second.data]).toHaveLength(7);
  });

  it('T-23: an answer on a stale ticket is stopped and shows what is newer', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    const { id } = await aTicket(api, { companyId: company.id, contactId: contact.id });
    const seen = await aComment(api, id, { by: contact, text: 'Первое', audience: ['client'] });
    await say(id, { html: 'ok', audience: ['client'], lastSeenCommentId: seen.id }).expect(201);
    await aComment(api, id, { by: contact, text: 'Уже не надо', audience: ['client'] });
    const { body } = await say(id, { html: 'поздно', audience: ['client'], lastSeenCommentId: seen.id }).expect(409);
    expect(body).toMatchObject({
      code: 'tickets.staleReply',
      newer: [{ html: '<p>Уже не надо</p>', author: { kind: 'contact' } }],
    });
    await say(id, { html: 'x', audience: ['client'], lastSeenCommentId: null }).expect(409);
    await say(id, { html: 'внутри', audience: ['internal'], lastSeenCommentId: seen.id }).expect(201);
    await say(id, { html: 'всё равно', audience: ['client'], lastSeenCommentId: seen.id, sendAnyway: true }).expect(
      201,
    );
  });
});

describe('undo', () => {
  it('T-11: takes an answer back within ten seconds and gives the exact draft', async () => {
    const { id } = await aTicket(api);
    const fileId = await anUpload();
    const { body: card } = await api.as(dispatcher).get(`/tickets/${id}`);
    const done = card.transitions.find(({ to }: { to: { code: string } }) => to.code === 'done');
    const { body } = await say(id, {
      html: '<p>Готово, <b>проверьте</b></p>',
      audience: ['client'],
      fileIds: [fileId],
      transitionId: done.id,
      cc: ['boss@client.test'],
    }).expect(201);
    expect(Date.parse(body.undoUntil) - Date.parse(body.createdAt)).toBe(10_000);
    expect(await read(id)).toMatchObject({ status: { code: 'done' }, fileCount: 1 });
    const other = await anEmployee(api, { role: 'dispatcher' });
    await api.as(other).post(`/comments/${body.id}/undo`).expect(404);
    const { body: draft } = await api.as(dispatcher).post(`/comments/${body.id}/undo`).expect(200);
    expect(draft).toMatchObject({
      html: '<p>Готово, <b>проверьте</b></p>',
      audience: ['client'],
      files: [{ id: fileId }],
      cc: ['boss@client.test'],
    });
    expect(await read(id)).toMatchObject({
      status: { code: 'new' },
      awaiting: 'us',
      commentCount: 0,
      fileCount: 0,
      lastStaffReplyAt: null,
      lastCommentId: null,
    });
    expect((await api.as(dispatcher).get(`/tickets/${id}/comments`)).body.data).toEqual([]);
    await api.as(dispatcher).post(`/comments/${body.id}/undo`).expect(404);
    await say(id, { html: draft.html, audience: ['client'], fileIds: [fileId] }).expect(201);
    await api.drain();
    expect(api.get(Ear).undone).toContain(body.id);
    const told = api.get(Ear).commented.find(({ commentId }) => commentId === body.id);
    expect(told).toMatchObject({ ticketId: id, visibleAt: body.visibleAt, authorId: dispatcher.id });
  });

  it('T-11: after the hold it is too late, and internal notes have none', async () => {
    const { id } = await aTicket(api);
    const note = (await say(id, { html: 'внутри' })).body;
    expect(note.undoUntil).toBeNull();
    await api.as(dispatcher).post(`/comments/${note.id}/undo`).expect(409);
    const reply = (await say(id, { html: 'ответ', audience: ['client'] })).body;
    await api.advance({ seconds: 11 });
    const { body } = await api.as(dispatcher).post(`/comments/${reply.id}/undo`).expect(409);
    expect(body.code).toBe('tickets.undoTooLate');
  });
});

describe('drafts and reading', () => {
  it('T-11: a draft is one per person and ticket, the last write wins, sending removes it', async () => {
    const { id } = await aTicket(api);
    const draft = async (person = dispatcher) => (await api.as(person).get(`/tickets/${id}/draft`).expect(200)).body;
    expect(await draft()).toMatchObject({ html: '', updatedAt: null });
    await api
      .as(dispatcher)
      .put(`/tickets/${id}/draft`)
      .send({ html: '<p>раз</p>', audience: ['client'], baseVersion: 1 })
      .expect(204);
    await api.as(dispatcher).put(`/tickets/${id}/draft`).send({ html: '<p>два</p><script>1</script>' }).expect(204);
    expect(await draft()).toMatchObject({ html: '<p>два</p>', audience: ['internal'], baseVersion: null });
    expect((await draft(await anEmployee(api, { role: 'dispatcher' }))).html).toBe('');
    await say(id, { html: 'два' }).expect(201);
    expect((await draft()).updatedAt).toBeNull();
    await api
      .as(dispatcher)
      .put(`/tickets/${id}/draft`)
      .send({ html: 'x'.repeat(200_001) })
      .expect(422);
    await api.as(dispatcher).put(`/tickets/${id}/draft`).send({ html: 'x' }).expect(204);
    await api.as(dispatcher).delete(`/tickets/${id}/draft`).expect(204);
    expect((await draft()).html).toBe('');
  });

  it('T-11: the mark of reading moves forward only', async () => {
    const { id } = await aTicket(api);
    const [first, second] = [await aComment(api, id), await aComment(api, id)];
    const mark = async () => (await read(id)).lastSeenCommentId;
    await api.as(dispatcher).post(`/tickets/${id}/read`).send({ lastSeenCommentId: second.id }).expect(204);
    await api.as(dispatcher).post(`/tickets/${id}/read`).send({ lastSeenCommentId: first.id }).expect(204);
    expect(await mark()).toBe(second.id);
    const third = await aComment(api, id);
    await api.as(dispatcher).post(`/tickets/${id}/read`).send({}).expect(204);
    expect(await mark()).toBe(third.id);
  });

  it('T-23: presence lives fifteen seconds', async () => {
    const { id } = await aTicket(api);
    const names = async () =>
      (await api.as(dispatcher).get(`/tickets/${id}/presence`).expect(200)).body.data.map(
        ({ name, state }: { name: string; state: string }) => `${name}:${state}`,
      );
    const ivanov = await anEmployee(api, { role: 'dispatcher', name: 'Иванов' });
    await api.as(ivanov).post(`/tickets/${id}/presence`).send({ state: 'editing' }).expect(204);
    expect(await names()).toEqual(['Иванов:editing']);
    await api.as(ivanov).post(`/tickets/${id}/presence`).send({ state: 'away' }).expect(204);
    expect(await names()).toEqual([]);
    await api.as(ivanov).post(`/tickets/${id}/presence`).send({ state: 'viewing' }).expect(204);
    await api.advance({ seconds: 16 });
    expect(await names()).toEqual([]);
    await api.as(ivanov).post(`/tickets/${id}/presence`).send({ state: 'dancing' }).expect(422);
  });
});
