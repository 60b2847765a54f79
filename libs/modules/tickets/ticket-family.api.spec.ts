import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let [admin, dispatcher]: Awaited<ReturnType<typeof anEmployee>>[] = [];
let ids: Record<string, string>;
beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api, { role: 'dispatcher' })];
  const rows = await api.db.query<{ code: string; id: string }>(api.system, 'SELECT code, id FROM ticket_status');
  ids = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});
afterAll(() => api.close());

const as = () => api.as(dispatcher!);
const get = async (id: string) => (await as().get(`/tickets/${id}`).expect(200)).body;
const put = async (id: string, parentId: string | null) =>
  as()
    .patch(`/tickets/${id}`)
    .set('if-match', `"${(await get(id)).version}"`)
    .send({ parentId });
const move = (id: string, status: string) => as().post(`/tickets/${id}/transition`).send({ statusId: ids[status] });
const aType = async (closeRules: object): Promise<string> => {
  const name = { ru: 'Проект', en: 'Project' };
  const rules = {
    blockCloseWhileChildrenOpen: false,
    closeWhenAllChildrenClosed: false,
    closeChildrenWithParent: false,
  };
  const body = { code: `t${newId().slice(-8)}`, name, closeRules: { ...rules, ...closeRules } };
  return (await api.as(admin!).post('/ticket-types').send(body).expect(201)).body.id;
};
const statusOf = async (id: string): Promise<string> => (await get(id)).status.code;

describe('the tree', () => {
  it('T-13: no ticket lies below itself, at any depth', async () => {
    const tickets = [await aTicket(api)];
    for (let depth = 0; depth < 12; depth++) tickets.push(await aTicket(api, { parentId: tickets.at(-1)!.id }));
    const [top, last] = [tickets[0]!, tickets.at(-1)!];
    expect((await put(top.id, top.id)).status).toBe(422);
    const refused = await put(top.id, last.id);
    expect(refused.body.errors).toMatchObject([{ pointer: '/parentId', code: 'tickets.parentCycle' }]);
    expect((await get(top.id)).family).toEqual({ descendants: 12, open: 12 });
    expect((await get(last.id)).family).toEqual({ descendants: 0, open: 0 });
    await move(last.id, 'closed').expect(409);
    await move(last.id, 'done').expect(200);
    expect((await get(top.id)).family).toEqual({ descendants: 12, open: 11 });
    expect((await put(last.id, null)).body.parent).toBeNull();
  });

  it('T-13: of moves that would close a circle together, one is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b, c] = [await aTicket(api), await aTicket(api), await aTicket(api)];
      const answers = await Promise.all([put(a.id, b.id), put(b.id, c.id), put(c.id, a.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422]);
    }
  });

  it('T-13: children can be found by the number of their parent', async () => {
    const parent = await aTicket(api);
    const child = await aTicket(api, { parentId: parent.id });
    const { body } = await as().get(`/tickets?q=parent:${parent.number}`).expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([child.id]);
  });
});

describe('closing', () => {
  it('T-13: a type may forbid closing while anything below is open; the numbers are told', async () => {
    const typeId = await aType({ blockCloseWhileChildrenOpen: true });
    const company = await aCompany(api);
    const client = await aContact(api, { companyId: company.id });
    const parent = await aTicket(api, { typeId, status: 'in_work', companyId: company.id, contactId: client.id });
    const child = await aTicket(api, { parentId: parent.id, status: 'done' });
    const deep = await aTicket(api, { parentId: child.id });
    const { body } = await move(parent.id, 'done').expect(409);
    const message = `Сначала закройте дочерние заявки: № ${deep.number}`;
    expect(body.unmet).toEqual([{ guard: 'children', message }]);
    const done = (await get(parent.id)).transitions.find(({ to }: { to: { code: string } }) => to.code === 'done');
    expect(done.blockedBy).toEqual([message]);
    const refused = await api.as(client).post(`/portal/tickets/${parent.id}/close`).send({}).expect(409);
    expect(refused.body.unmet).toEqual([{ guard: 'children', message: 'Ещё не закончена 1 связанная работа' }]);
    await move(parent.id, 'waiting_client').expect(200);
    await move(deep.id, 'done').expect(200);
    await move(parent.id, 'done').expect(200);
  });

  it('T-13: the guard may stand on one transition alone', async () => {
    const guards = JSON.stringify([{ name: 'children', params: {} }]);
    const set = (value: string) =>
      api.db.query(api.system, `UPDATE status_transition SET guards = $3::jsonb WHERE "fromId" = $1 AND "toId" = $2`, [
        ids.done,
        ids.closed,
        value,
      ]);
    await set(guards);
    const parent = await aTicket(api, { status: 'in_work' });
    await aTicket(api, { parentId: parent.id });
    await move(parent.id, 'done').expect(200);
    expect((await move(parent.id, 'closed').expect(409)).body.unmet).toMatchObject([{ guard: 'children' }]);
    await set('[]');
    await move(parent.id, 'closed').expect(200);
  });

  it('T-13: a parent closes with the last of its children, and its own parent after it', async () => {
    const typeId = await aType({ closeWhenAllChildrenClosed: true });
    const top = await aTicket(api, { typeId, status: 'in_work' });
    const parent = await aTicket(api, { typeId, parentId: top.id, status: 'in_work' });
    const [first, second] = [
      await aTicket(api, { parentId: parent.id, status: 'in_work' }),
      await aTicket(api, { parentId: parent.id, status: 'in_work' }),
    ];
    await move(first.id, 'closed').expect(200);
    await api.drain();
    expect(await statusOf(parent.id)).toBe('in_work');
    await move(second.id, 'done').expect(200);
    await api.drain();
    expect([await statusOf(parent.id), await statusOf(top.id)]).toEqual(['done', 'done']);
    await move(second.id, 'closed').expect(200);
    await api.drain();
    expect([await statusOf(parent.id), await statusOf(top.id)]).toEqual(['closed', 'closed']);
    const [line] = (await as().get(`/tickets/${parent.id}/history`)).body.data;
    expect(line).toMatchObject({
      field: 'statusId',
      actor: { kind: 'system' },
      cause: { reason: 'Закрыты все дочерние заявки' },
    });
  });

  it('T-13: two last children closed at once close the parent once', async () => {
    const typeId = await aType({ closeWhenAllChildrenClosed: true });
    const parent = await aTicket(api, { typeId, status: 'in_work' });
    const children = [];
    for (let n = 0; n < 4; n++) children.push(await aTicket(api, { parentId: parent.id, status: 'in_work' }));
    await Promise.all(children.map(({ id }) => move(id, 'closed').expect(200)));
    await api.drain();
    const card = await get(parent.id);
    expect([card.status.code, card.version]).toEqual(['closed', 2]);
  });

  it('T-13: children close with their parent, at any depth, but for those a guard holds back', async () => {
    const typeId = await aType({ closeChildrenWithParent: true });
    const strict = await aType({ blockCloseWhileChildrenOpen: true });
    const parent = await aTicket(api, { typeId, status: 'in_work' });
    const child = await aTicket(api, { typeId, parentId: parent.id, status: 'in_work' });
    const deep = await aTicket(api, { parentId: child.id });
    const held = await aTicket(api, { typeId: strict, parentId: parent.id, status: 'in_work' });
    const open = await aTicket(api, { parentId: held.id });
    await move(parent.id, 'closed').expect(200);
    await api.drain();
    expect([await statusOf(child.id), await statusOf(deep.id)]).toEqual(['closed', 'closed']);
    expect([await statusOf(held.id), await statusOf(open.id)]).toEqual(['in_work', 'new']);
  });

  it('T-13: rules that exclude each other are refused', async () => {
    const { body } = await api
      .as(admin!)
      .post('/ticket-types')
      .send({
        code: 'clash',
        name: { ru: 'x', en: 'x' },
        closeRules: {
          blockCloseWhileChildrenOpen: true,
          closeWhenAllChildrenClosed: false,
          closeChildrenWithParent: true,
        },
      })
      .expect(422);
    expect(body.errors).toMatchObject([
      { pointer: '/closeRules/closeChildrenWithParent', code: 'tickets.closeRulesClash' },
    ]);
  });
});
