import { aCategory, aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { Roles } from '@opora/modules/people';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { TicketReading } from './ticket-reading.service';
import { aComment, aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(TicketsModule);
});
afterAll(() => api.close());

const PERMISSIONS = [
  'read',
  'create',
  'update',
  'assign',
  'take',
  'transition',
  'comment_internal',
  'reply_client',
  'delete',
  'restore',
  'grant',
].map((name) => `tickets.${name}`);

async function aScoped(
  scope: 'all' | 'teams' | 'own' | 'categories',
  facts: { teamIds?: string[]; categoryIds?: string[]; permissions?: string[] } = {},
) {
  const role = await api.get(Roles).create(api.system, {
    name: { ru: `Роль ${newId()}`, en: `Role ${newId()}` },
    scope,
    permissions: facts.permissions ?? [...PERMISSIONS, 'clients.read'],
    categoryIds: facts.categoryIds ?? [],
  });
  return anEmployee(api, { role: [], roleIds: [role.id], teamIds: facts.teamIds });
}

const sees = async (person: TestPerson, id: string): Promise<boolean> => {
  const { status } = await api.as(person).get(person.kind === 'contact' ? `/portal/tickets/${id}` : `/tickets/${id}`);
  expect([200, 404]).toContain(status);
  return status === 200;
};

describe('who sees a ticket', () => {
  it('S-01: a role of own tickets reaches what one does, filed or observes', async () => {
    const person = await aScoped('own');
    const team = await aTeam(api);
    expect(await sees(person, (await aTicket(api)).id)).toBe(false);
    expect(await sees(person, (await aTicket(api, { assigneeId: person.id })).id)).toBe(true);
    expect(await sees(person, (await aTicket(api, { coExecutorIds: [person.id] })).id)).toBe(true);
    expect(await sees(person, (await aTicket(api, { observers: [{ kind: 'employee', id: person.id }] })).id)).toBe(
      true,
    );
    expect(await sees(person, (await aTicket(api, { by: person })).id)).toBe(true);
    const member = await aScoped('own', { teamIds: [team.id] });
    expect(await sees(member, (await aTicket(api, { observers: [{ kind: 'team', id: team.id }] })).id)).toBe(true);
    expect(await sees(member, (await aTicket(api, { teamId: team.id })).id)).toBe(false);
  });

  it('S-01: a role of teams reaches the tickets of the teams', async () => {
    const [mine, other] = [await aTeam(api), await aTeam(api)];
    const person = await aScoped('teams', { teamIds: [mine.id] });
    expect(await sees(person, (await aTicket(api, { teamId: mine.id })).id)).toBe(true);
    expect(await sees(person, (await aTicket(api, { teamId: other.id })).id)).toBe(false);
  });

  it('S-01: a role of client groups reaches their companies and files only for them', async () => {
    const category = await aCategory(api);
    const [vip, plain] = [await aCompany(api, { categoryIds: [category.id] }), await aCompany(api)];
    const person = await aScoped('categories', { categoryIds: [category.id] });
    expect(await sees(person, (await aTicket(api, { companyId: vip.id })).id)).toBe(true);
    expect(await sees(person, (await aTicket(api, { companyId: plain.id })).id)).toBe(false);
    await api.as(person).post('/tickets').send({ subject: 'x', companyId: vip.id }).expect(201);
    await api.as(person).post('/tickets').send({ subject: 'x', companyId: plain.id }).expect(422);
    await api.as(person).post('/tickets').send({ subject: 'x' }).expect(422);
  });

  it('T-09: an observer never gets a right to change', async () => {
    const person = await aScoped('own');
    const { id } = await aTicket(api, { observers: [{ kind: 'employee', id: person.id }] });
    const { body } = await api.as(person).get(`/tickets/${id}`).expect(200);
    expect(body.can).toEqual({
      update: false,
      assign: false,
      take: false,
      transition: false,
      commentInternal: false,
      replyClient: false,
      delete: false,
      restore: false,
      grant: false,
    });
    expect(body.transitions).toEqual([]);
    await api.as(person).patch(`/tickets/${id}`).set('if-match', '"1"').send({ subject: 'x' }).expect(403);
    await api.as(person).post(`/tickets/${id}/comments`).send({ html: 'x' }).expect(403);
    await api.as(person).post(`/tickets/${id}/take`).expect(403);
  });

  it('S-07: sight of a single ticket is granted by name, listed, and runs out', async () => {
    const dispatcher = await anEmployee(api, { role: 'dispatcher' });
    const guest = await aScoped('own');
    const { id } = await aTicket(api);
    expect(await sees(guest, id)).toBe(false);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    await api
      .as(dispatcher)
      .put(`/tickets/${id}/grants/employee/${guest.id}`)
      .send({ expiresAt: '2001-01-01T00:00:00Z' })
      .expect(422);
    await api.as(dispatcher).put(`/tickets/${id}/grants/employee/${newId()}`).send({ expiresAt: inAnHour }).expect(422);
    await api.as(guest).put(`/tickets/${id}/grants/employee/${guest.id}`).send({ expiresAt: inAnHour }).expect(404);
    await api
      .as(dispatcher)
      .put(`/tickets/${id}/grants/employee/${guest.id}`)
      .send({ expiresAt: inAnHour })
      .expect(200);
    expect((await api.as(dispatcher).get(`/tickets/${id}/grants`)).body.data).toMatchObject([
      { kind: 'employee', id: guest.id, name: guest.name, expiresAt: inAnHour, grantedBy: dispatcher.name },
    ]);
    expect(await sees(guest, id)).toBe(true);
    await api.as(guest).post(`/tickets/${id}/comments`).send({ html: 'x' }).expect(403);
    await api.as(dispatcher).delete(`/tickets/${id}/grants/employee/${guest.id}`).expect(204);
    expect(await sees(guest, id)).toBe(false);
    await api.as(dispatcher).delete(`/tickets/${id}/grants/employee/${guest.id}`).expect(404);
    await api
      .as(dispatcher)
      .put(`/tickets/${id}/grants/employee/${guest.id}`)
      .send({ expiresAt: inAnHour })
      .expect(200);
    await api.advance({ hours: 2 });
    const fresh = await aScoped('own');
    expect(await sees(fresh, id)).toBe(false);
    expect((await api.ctx(guest)).actor.id).toBe(guest.id);
    expect(await api.get(TicketReading)['heard']((await api.ctx(guest)).actor, ['tickets', `ticket:${id}`])).toEqual(
      [],
    );
  });

  it('S-06: every operation on a ticket one may not see is 404 and changes nothing', async () => {
    const stranger = await aScoped('own');
    const { id } = await aTicket(api);
    const comment = await aComment(api, id, { text: 'тайна' });
    const before = await api.db.query(api.system, 'SELECT * FROM ticket WHERE id = $1', [id]);
    const other = await anEmployee(api);
    const calls: ['get' | 'post' | 'put' | 'patch' | 'delete', string, object?][] = [
      ['get', ''],
      ['patch', '', { subject: 'x' }],
      ['post', '/take', {}],
      ['post', '/assign', { assigneeId: stranger.id }],
      ['post', '/transition', { statusId: newId() }],
      ['post', '/delete', { reason: 'x' }],
      ['post', '/restore', {}],
      ['get', '/history'],
      ['get', '/at?moment=2030-01-01T00:00:00Z'],
      ['get', '/comments'],
      ['get', '/timeline'],
      ['post', '/comments', { html: 'x' }],
      ['get', '/attachments'],
      ['post', '/attachments', { fileId: newId() }],
      ['get', '/draft'],
      ['put', '/draft', { html: 'x' }],
      ['delete', '/draft'],
      ['post', '/read', {}],
      ['post', '/presence', { state: 'viewing' }],
      ['get', '/presence'],
      ['get', '/grants'],
      ['put', `/grants/employee/${stranger.id}`, { expiresAt: new Date(Date.now() + 60_000).toISOString() }],
      ['delete', `/grants/employee/${other.id}`],
      ['put', `/observers/employee/${stranger.id}`],
      ['delete', `/observers/employee/${other.id}`],
    ];
    for (const [verb, path, body] of calls) {
      for (const key of [id, newId()]) {
        const answer = await api.as(stranger)[verb](`/tickets/${key}${path}`).set('if-match', '"1"').send(body);
        expect([verb, path, answer.status]).toEqual([verb, path, 404]);
      }
    }
    await api.as(stranger).post(`/comments/${comment.id}/undo`).expect(404);
    await api.as(stranger).post('/tickets').send({ subject: 'x', parentId: id }).expect(422);
    expect(await api.db.query(api.system, 'SELECT * FROM ticket WHERE id = $1', [id])).toEqual(before);
    for (const key of ['abc', '999999999999999', '9'.repeat(30), "1' OR 1=1"]) {
      expect([404, 422]).toContain((await api.as(stranger).get(`/tickets/${encodeURIComponent(key)}`)).status);
    }
  });

  it('S-01: without a permission an operation is 403, without sign-in 401', async () => {
    const reader = await aScoped('all', { permissions: ['tickets.read'] });
    const { id } = await aTicket(api);
    await api.as(reader).get(`/tickets/${id}`).expect(200);
    for (const [path, body] of [
      ['take', {}],
      ['assign', { teamId: null }],
      ['transition', {}],
      ['delete', { reason: 'x' }],
      ['restore', {}],
      ['comments', { html: 'x' }],
    ] as const) {
      await api.as(reader).post(`/tickets/${id}/${path}`).send(body).expect(403);
    }
    await api.anonymous.get(`/tickets/${id}`).expect(401);
    await api
      .as(await aContact(api))
      .get(`/tickets/${id}`)
      .expect(403);
  });
});
