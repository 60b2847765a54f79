import { aCompany, aContact, anObject } from '@opora/testing/clients';
import { aTeam, anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aComment, aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let admin: Awaited<ReturnType<typeof anEmployee>>;
let engineer: typeof admin;
let company: Awaited<ReturnType<typeof aCompany>>;
beforeAll(async () => {
  api = await startApi(TicketsModule);
  admin = await anEmployee(api, { role: 'admin' });
  engineer = await anEmployee(api, { role: 'engineer', teamIds: [(await aTeam(api)).id] });
  company = await aCompany(api);
});
afterAll(() => api.close());

const as = (who = admin) => api.as(who);
const own = (facts: Parameters<typeof aTicket>[1] = {}) => aTicket(api, { companyId: company.id, ...facts });
const merge = (into: string, ticketIds: string[], who = admin) =>
  as(who).post(`/tickets/${into}/merge`).send({ ticketIds });
const undo = (id: string) => as().post(`/ticket-merges/${id}/undo`).send({});
const get = async (key: string | number) => (await as().get(`/tickets/${key}`).expect(200)).body;
const commentsOf = async (key: string | number): Promise<string[]> =>
  (await as().get(`/tickets/${key}/comments`).expect(200)).body.data.map(({ id }: { id: string }) => id);
const codeOf = (answer: { body: { code: string } }): string => answer.body.code;
const listed = async (q: string): Promise<number[]> =>
  (
    await as()
      .get(`/tickets?q=${encodeURIComponent(q)}`)
      .expect(200)
  ).body.data.map(({ number }: { number: number }) => number);

describe('what is refused', () => {
  it('T-18: itself, a merged one, too many, none, an unknown one, a deleted one', async () => {
    const [a, b, c] = [await own(), await own(), await own()];
    const self = await merge(a.id, [b.id, a.id]).expect(422);
    expect(self.body.errors).toMatchObject([{ pointer: '/ticketIds/1', code: 'tickets.mergeItself' }]);
    await merge(a.id, []).expect(422);
    await merge(a.id, [b.id, b.id.toUpperCase()]).expect(422);
    await merge(a.id, Array.from({ length: 51 }, newId)).expect(422);
    await merge(a.id, [b.id, newId()]).expect(404);
    await as().post(`/tickets/${c.id}/delete`).send({ reason: 'Лишняя' }).expect(204);
    await merge(a.id, [b.id, c.id]).expect(404);
    await merge(c.id, [a.id]).expect(404);
    expect((await get(b.id)).mergedInto).toBeNull();
    await merge(a.id, [b.id]).expect(200);
    const [into, again, back] = [
      await merge(b.id, [(await own()).id]),
      await merge((await own()).id, [b.id]),
      await merge(b.id, [a.id]),
    ];
    for (const answer of [into, again, back])
      expect([answer.status, codeOf(answer), answer.body.mergedInto?.number]).toEqual([
        409,
        'tickets.merged',
        a.number,
      ]);
  });

  it('T-18: one ticket among many that is not the asker’s to change: nothing is merged', async () => {
    const mine = await own({ assigneeId: engineer.id });
    const also = await own({ assigneeId: engineer.id });
    const unseen = await own();
    const watched = await own({ observers: [{ kind: 'employee', id: engineer.id }] });
    await merge(mine.id, [also.id, unseen.id], engineer).expect(404);
    await merge(unseen.id, [also.id], engineer).expect(404);
    await merge(mine.id, [also.id, watched.id], engineer).expect(403);
    for (const { id } of [also, unseen, watched]) expect((await get(id)).mergedInto).toBeNull();
    const { body } = await merge(mine.id, [also.id], engineer).expect(200);
    const stranger = await anEmployee(api, { role: 'engineer' });
    await as(stranger).post(`/ticket-merges/${body.id}/undo`).send({}).expect(404);
    await as(stranger).get(`/tickets/${mine.id}/merges`).expect(404);
    await as(engineer).post(`/ticket-merges/${body.id}/undo`).send({}).expect(200);
  });

  it('T-18: no client comes to read another one’s words', async () => {
    const other = await aCompany(api);
    const [ours, theirs] = [
      await aContact(api, { companyId: company.id }),
      await aContact(api, { companyId: other.id }),
    ];
    const stranger = await aContact(api);
    const survivor = await own({ contactId: ours.id });
    const foreign = await aTicket(api, { companyId: other.id, contactId: theirs.id });
    expect(codeOf(await merge(survivor.id, [foreign.id]).expect(409))).toBe('tickets.mergeCompanies');
    const loose = await aTicket(api, { contactId: stranger.id });
    expect(codeOf(await merge(loose.id, [survivor.id]).expect(409))).toBe('tickets.mergeStrangers');
    const { body: preview } = await as()
      .post(`/tickets/${survivor.id}/merge/preview`)
      .send({ ticketIds: [loose.id] })
      .expect(200);
    expect(preview).toMatchObject({ observers: [], leftOut: [{ id: stranger.id }] });
    await aComment(api, survivor.id, { by: ours, audience: ['client'], text: 'Наша тайна' });
    await merge(survivor.id, [loose.id]).expect(200);
    await aComment(api, survivor.id, { by: ours, audience: ['client'], text: 'Ещё тайна' });
    // The stranger keeps his own request and nothing else; the client's people see one conversation.
    expect((await api.as(stranger).get(`/portal/tickets/${loose.number}`).expect(200)).body.number).toBe(loose.number);
    expect((await api.as(stranger).get(`/portal/tickets/${loose.number}/comments`).expect(200)).body.data).toEqual([]);
    await api.as(stranger).get(`/portal/tickets/${survivor.number}`).expect(404);
    const shown = (await api.as(stranger).get('/portal/tickets').expect(200)).body.data;
    expect(shown.map(({ number }: { number: number }) => number)).toEqual([loose.number]);
  });
});

describe('what becomes of the merged ticket', () => {
  it('T-18: it leads to the survivor, on the portal too, and takes no change but words', async () => {
    const [first, second] = [
      await aContact(api, { companyId: company.id }),
      await aContact(api, { companyId: company.id }),
    ];
    const survivor = await own({ contactId: first.id, subject: 'Нет связи' });
    const lost = await own({ contactId: second.id, subject: 'Касса без сети', description: '<p>Пропала сеть</p>' });
    const said = await aComment(api, lost.id, { by: second, audience: ['client'], text: 'Ау?' });
    await merge(survivor.id, [lost.id]).expect(200);
    expect(await get(lost.number)).toMatchObject({
      mergedInto: { number: survivor.number },
      transitions: [],
      can: { update: false },
    });
    const seen = (await api.as(second).get(`/portal/tickets/${lost.number}`).expect(200)).body;
    expect(seen).toMatchObject({
      number: survivor.number,
      merged: [{ number: lost.number, subject: 'Касса без сети' }],
    });
    const talk = await api.as(second).get(`/portal/tickets/${lost.number}/comments`).expect(200);
    expect(talk.body.data.map(({ id }: { id: string }) => id)).toEqual([said.id]);
    const mine = (await api.as(second).get('/portal/tickets').expect(200)).body.data;
    expect(mine.map(({ number }: { number: number }) => number)).toEqual([survivor.number]);
    const more = await api
      .as(second)
      .post(`/portal/tickets/${lost.number}/comments`)
      .send({ text: 'Всё ещё' })
      .expect(201);
    const note = await as().post(`/tickets/${lost.id}/comments`).send({ html: '<p>Еду</p>' }).expect(201);
    expect(await commentsOf(survivor.id)).toEqual([said.id, more.body.id, note.body.id]);
    const { version } = await get(lost.id);
    for (const answer of [
      await as().patch(`/tickets/${lost.id}`).set('if-match', `"${version}"`).send({ subject: 'Иначе' }),
      await as().post(`/tickets/${lost.id}/take`).send({}),
      await as().post(`/tickets/${lost.id}/delete`).send({ reason: 'Лишняя' }),
      await as().put(`/tickets/${lost.id}/observers/employee/${engineer.id}`),
    ])
      expect([answer.status, codeOf(answer)]).toEqual([409, 'tickets.merged']);
    const child = await own();
    const below = await as().patch(`/tickets/${child.id}`).set('if-match', '"1"').send({ parentId: lost.id });
    expect(below.body.errors).toMatchObject([{ pointer: '/parentId', code: 'tickets.parentUnknown' }]);
    expect(await listed('is:open касса')).not.toContain(lost.number);
    expect(await listed(`merged:yes number:${lost.number}`)).toEqual([lost.number]);
    expect(await listed(String(lost.number))).toContain(lost.number);
  });

  it('T-18: taken back from outside its time, twice, or under a merge above it, it says why not', async () => {
    const [a, b, c] = [await own(), await own(), await own()];
    const low = (await merge(b.id, [a.id]).expect(200)).body;
    const high = (await merge(c.id, [b.id]).expect(200)).body;
    const said = await aComment(api, a.id, { text: 'Через двоих' });
    expect(await commentsOf(c.id)).toEqual([said.id]);
    expect((await get(a.number)).mergedInto.number).toBe(c.number);
    expect((await as().get(`/tickets/${c.id}/merges`).expect(200)).body.data).toHaveLength(2);
    const blocked = await undo(low.id).expect(409);
    expect([codeOf(blocked), blocked.body.detail]).toEqual([
      'tickets.mergeSurvivorMerged',
      expect.stringContaining(String(c.number)),
    ]);
    await undo(high.merges[0].id).expect(200);
    expect(codeOf(await undo(high.id).expect(409))).toBe('tickets.mergeUndone');
    await as().post(`/tickets/${b.id}/delete`).send({ reason: 'Лишняя' }).expect(204);
    expect(codeOf(await undo(low.id).expect(409))).toBe('tickets.mergeSurvivorDeleted');
    await as().post(`/tickets/${b.id}/restore`).send({}).expect(200);
    await undo(low.id).expect(200);
    await undo(newId()).expect(404);
    // From the survivor of before into what was merged: the circle is none.
    await merge(a.id, [b.id, c.id]).expect(200);
  });

  it('T-18: families come along without a circle', async () => {
    const [top, lost] = [await own(), await own()];
    const between = await own({ parentId: lost.id });
    const survivor = await own({ parentId: between.id });
    const leaf = await own({ parentId: lost.id });
    await as().patch(`/tickets/${lost.id}`).set('if-match', '"1"').send({ parentId: top.id }).expect(200);
    const { body } = await merge(survivor.id, [lost.id]).expect(200);
    expect((await get(leaf.id)).parent.id).toBe(survivor.id);
    expect((await get(between.id)).parent.id).toBe(top.id);
    expect((await get(survivor.id)).parent.id).toBe(between.id);
    await undo(body.id).expect(200);
    expect((await get(leaf.id)).parent.id).toBe(lost.id);
    expect((await get(between.id)).parent.id).toBe(lost.id);
  });

  it('T-18: of two merges that cross, one wins and nothing is lost', async () => {
    for (let round = 0; round < 6; round++) {
      const [a, b] = [await own(), await own()];
      const [one, two] = [await aComment(api, a.id), await aComment(api, b.id)];
      const [third, answers] = [await own(), await Promise.all([merge(a.id, [b.id]), merge(b.id, [a.id])])];
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const survivor = answers[0].status === 200 ? a : b;
      expect(await commentsOf(survivor.id)).toEqual([one.id, two.id]);
      // A comment written while the ticket is being merged is where it can be read.
      const [merged, said] = await Promise.all([
        merge(third.id, [survivor.id]),
        as().post(`/tickets/${survivor.id}/comments`).send({ html: '<p>Пишу</p>' }),
      ]);
      expect([merged.status, said.status]).toEqual([200, 201]);
      expect(await commentsOf(third.id)).toContain(said.body.id);
    }
  });
});

describe('splitting', () => {
  it('T-18: chosen comments become a ticket of the same client, and merging brings them back', async () => {
    const contact = await aContact(api, { companyId: company.id });
    const from = await own({ contactId: contact.id, subject: 'Две беды' });
    const one = await aComment(api, from.id, { by: contact, audience: ['client'], text: 'Принтер' });
    const two = await aComment(api, from.id, { by: contact, audience: ['client'], text: 'И сканер молниеносный' });
    const three = await aComment(api, from.id, { text: 'Разные' });
    const foreign = await aComment(api, (await own()).id);
    const split = (commentIds: string[], who = admin) =>
      as(who).post(`/tickets/${from.id}/split`).send({ commentIds, subject: 'Сканер' });
    const refused = await split([two.id, foreign.id]).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/commentIds/1', code: 'tickets.commentUnknown' }]);
    await split([two.id], engineer).expect(404);
    expect(await commentsOf(from.id)).toHaveLength(3);
    const { body: made } = await split([two.id]).expect(201);
    expect(made).toMatchObject({
      company: { id: company.id },
      contact: { id: contact.id },
      commentCount: 1,
      awaiting: 'us',
    });
    expect(await commentsOf(from.id)).toEqual([one.id, three.id]);
    expect(await commentsOf(made.id)).toEqual([two.id]);
    expect(await listed('молниеносный')).toEqual([made.number]);
    const links = (await as().get(`/tickets/${made.id}/links`).expect(200)).body.data;
    expect(links).toMatchObject([
      { kind: 'split', direction: 'inward', label: 'выделена из', ticket: { id: from.id } },
    ]);
    for (const id of [from.id, made.id])
      expect((await as().get(`/tickets/${id}/history`)).body.data[0]).toMatchObject({ field: 'split' });
    await merge(from.id, [made.id]).expect(200);
    expect(await commentsOf(from.id)).toEqual([one.id, two.id, three.id]);
  });
});

describe('links', () => {
  it('T-18: either side reads the link in its own words, and only who sees both ends', async () => {
    const [a, b] = [await own({ assigneeId: engineer.id }), await own()];
    const link = (from: string, body: object, who = admin) => as(who).post(`/tickets/${from}/links`).send(body);
    const { body: made } = await link(a.id, { ticketId: b.id, kind: 'blocks' }).expect(201);
    expect(made).toMatchObject({ label: 'блокирует', direction: 'outward', ticket: { number: b.number } });
    const inward = (await as().get(`/tickets/${b.id}/links`).expect(200)).body.data;
    expect(inward).toMatchObject([{ label: 'заблокирована', direction: 'inward', ticket: { number: a.number } }]);
    await link(b.id, { ticketId: a.id, kind: 'blocks' }).expect(409);
    await link(b.id, { ticketId: a.id, kind: 'caused_by', direction: 'inward' }).expect(201);
    await link(a.id, { ticketId: a.id, kind: 'relates' }).expect(422);
    await link(a.id, { ticketId: b.id, kind: 'split' }).expect(422);
    await link(a.id, { ticketId: b.id, kind: 'relates' }, engineer).expect(404);
    expect((await as(engineer).get(`/tickets/${a.id}/links`).expect(200)).body.data).toEqual([]);
    await as(engineer).delete(`/tickets/${a.id}/links/${made.id}`).expect(404);
    await as().delete(`/tickets/${b.id}/links/${made.id}`).expect(204);
    await as().delete(`/tickets/${b.id}/links/${made.id}`).expect(404);
    const history = (await as().get(`/tickets/${a.id}/history`).expect(200)).body.data;
    expect(history.filter(({ field }: { field: string }) => field === 'links')).toHaveLength(3);
  });
});

describe('alike tickets', () => {
  it('T-18: one that looks like what is being typed is shown, with what they have in common', async () => {
    const contact = await aContact(api, { companyId: company.id });
    const object = await anObject(api, { companyId: company.id });
    const same = await own({ contactId: contact.id, objectId: object.id, subject: 'Не печатает принтер на кассе 3' });
    const closed = await own({ objectId: object.id, subject: 'Не печатает принтер на кассе', status: 'closed' });
    const foreign = await aTicket(api, { subject: 'Не печатает принтер на кассе 3' });
    const ask = async (body: object, who = admin) =>
      (await as(who).post('/tickets/duplicates').send(body).expect(200)).body.data as {
        ticket: { id: string };
        why: string[];
      }[];
    const found = await ask({ subject: 'принтер не печатает касса 3', objectId: object.id, contactId: contact.id });
    expect(found[0]).toMatchObject({ ticket: { id: same.id }, why: ['subject', 'object', 'contact'] });
    expect(found.map(({ ticket }) => ticket.id)).toEqual(expect.arrayContaining([closed.id, foreign.id]));
    expect(await ask({ subject: 'Заменить картридж в Ижевске', companyId: company.id })).toEqual([]);
    expect(await ask({ subject: 'пр' })).toEqual([]);
    const seen = await ask({ subject: 'принтер не печатает касса 3' }, engineer);
    expect(seen.map(({ ticket }) => ticket.id)).not.toContain(same.id);
    const twins = await api
      .as(contact)
      .post('/portal/tickets/duplicates')
      .send({ subject: 'не печатает принтер' })
      .expect(200);
    expect(twins.body.data.map(({ id }: { id: string }) => id)).toEqual([same.id]);
    const candidates = async (q = '') =>
      (
        await as()
          .get(`/tickets/${same.id}/merge-candidates?q=${encodeURIComponent(q)}`)
          .expect(200)
      ).body.data.map(({ ticket }: { ticket: { id: string } }) => ticket.id);
    expect(await candidates()).toEqual(expect.arrayContaining([closed.id]));
    expect(await candidates(String(closed.number))).toContain(closed.id);
    expect(await candidates(String(same.number))).not.toContain(same.id);
    const abroad = await aTicket(api, {
      companyId: (await aCompany(api)).id,
      subject: 'Не печатает принтер на кассе 3',
    });
    expect(await candidates()).not.toContain(abroad.id);
  });
});

// The last: sessions do not live that long.
describe('after thirty days', () => {
  it('T-18: a merge stands, and what is closed is no duplicate any more', async () => {
    const object = await anObject(api, { companyId: company.id });
    const closed = await own({ objectId: object.id, subject: 'Протекает кондиционер', status: 'closed' });
    const ask = async () =>
      (
        await as()
          .post('/tickets/duplicates')
          .send({ subject: 'Протекает кондиционер', objectId: object.id })
          .expect(200)
      ).body.data;
    expect(await ask()).toMatchObject([{ ticket: { id: closed.id } }]);
    const [a, b] = [await own(), await own()];
    const { body } = await merge(a.id, [b.id]).expect(200);
    expect(body.merges[0]).toMatchObject({ canUndo: true, from: { number: b.number }, into: { number: a.number } });
    await api.advance({ days: 30, minutes: 1 });
    expect((await as().get(`/tickets/${a.id}/merges`).expect(200)).body.data[0].canUndo).toBe(false);
    expect(codeOf(await undo(body.id).expect(409))).toBe('tickets.mergeTooOld');
    expect(await ask()).toEqual([]);
  });
});
