import { definePermissions } from '@opora/platform/permissions';
import { startApi, type TestApi } from '@opora/platform/testing';
import { PeopleModule } from './people.module';
import { actorOf, anEmployee, aTeam, type TestEmployee } from './testing';

// Declared by modules above, which this spec does not start.
definePermissions('tickets', ['reply_client']);
definePermissions('clients', ['read_contacts']);

let api: TestApi;
let admin: TestEmployee;
beforeAll(async () => {
  api = await startApi(PeopleModule);
  admin = await anEmployee(api, { role: 'admin' });
});
afterAll(() => api.close());

const nobody = '019b0000-0000-7000-8000-00000000dead';

it('S-02: makes a team of a line with its lead and people, changes it, archives it, brings it back', async () => {
  const [lead, mate] = [await anEmployee(api, { name: 'Б' }), await anEmployee(api, { name: 'А' })];
  const { body: team } = await api
    .as(admin)
    .post('/teams')
    .send({ name: 'Вторая линия', line: 2, leadId: lead.id, memberIds: [lead.id, mate.id] })
    .expect(201);
  expect(team).toMatchObject({
    line: 2,
    forbidsClientReplies: false,
    lead: { id: lead.id, name: 'Б' },
    members: [
      { id: mate.id, name: 'А' },
      { id: lead.id, name: 'Б' },
    ],
  });
  const changed = await api
    .as(admin)
    .patch(`/teams/${team.id}`)
    .send({ line: 3, leadId: null, memberIds: [mate.id] })
    .expect(200);
  expect(changed.body).toMatchObject({ name: 'Вторая линия', line: 3, lead: null, members: [{ id: mate.id }] });
  await api.as(admin).post(`/teams/${team.id}/archive`).expect(200);
  expect((await api.as(admin).get('/teams').expect(200)).body.data.map((one: { id: string }) => one.id)).not.toContain(
    team.id,
  );
  expect(
    (await api.as(admin).get('/teams?archived=true').expect(200)).body.data.map((one: { id: string }) => one.id),
  ).toContain(team.id);
  expect(await actorOf(api, mate.id)).toMatchObject({ teamIds: [] });
  await api.as(admin).post(`/teams/${team.id}/restore`).expect(200);
  expect(await actorOf(api, mate.id)).toMatchObject({ teamIds: [team.id] });
});

it('R-05: forbidding a line to talk to clients works at once for the people of the line', async () => {
  const team = await aTeam(api, { line: 3 });
  const engineer = await anEmployee(api, { teamIds: [team.id] });
  const me = async () => (await api.as(engineer).get('/me').expect(200)).body;
  expect(await me()).toMatchObject({ mayWriteToClients: true, seesClientContacts: true });
  await api
    .as(admin)
    .patch(`/teams/${team.id}`)
    .send({ forbidsClientReplies: true, hidesClientContacts: true })
    .expect(200);
  expect(await me()).toMatchObject({ mayWriteToClients: false, seesClientContacts: false });
  const open = await aTeam(api);
  await api
    .as(admin)
    .patch(`/teams/${open.id}`)
    .send({ memberIds: [engineer.id] })
    .expect(200);
  expect(await me()).toMatchObject({ mayWriteToClients: true, seesClientContacts: true });
});

it.each([
  [{ line: 0 }, '/line'],
  [{ line: 10 }, '/line'],
  [{ line: '2' }, '/line'],
  [{ line: 1.5 }, '/line'],
  [{ name: '' }, '/name'],
  [{ name: ['x'] }, '/name'],
  [{ name: 'x'.repeat(201) }, '/name'],
  [{ name: 'a\0b' }, '/name'],
  [{ name: 'a\nb' }, '/name'],
  [{ leadId: nobody }, '/leadId'],
  [{ leadId: 'x' }, '/leadId'],
  [{ memberIds: [nobody] }, '/memberIds/0'],
  [{ memberIds: 'x' }, '/memberIds'],
  [{ archivedAt: null }, '/archivedAt'],
])('S-02: refuses %j and names the field', async (wrong, pointer) => {
  const answer = await api
    .as(admin)
    .post('/teams')
    .send({ name: 'Группа', line: 1, ...wrong })
    .expect(422);
  expect(answer.body.errors[0].pointer).toBe(pointer);
  const team = await aTeam(api);
  await api.as(admin).patch(`/teams/${team.id}`).send(wrong).expect(422);
  expect((await api.as(admin).get(`/teams/${team.id}`).expect(200)).body).toMatchObject({ name: team.name, line: 2 });
});

it('S-01: people of a narrow role see and change their own teams only', async () => {
  const { body: role } = await api
    .as(admin)
    .post('/roles')
    .send({ name: { ru: 'Куратор', en: 'Lead' }, permissions: ['people.read', 'people.manage'], scope: 'teams' })
    .expect(201);
  const [own, other] = [await aTeam(api), await aTeam(api)];
  const lead = await anEmployee(api, { roleIds: [role.id], teamIds: [own.id] });
  expect((await api.as(lead).get('/teams').expect(200)).body.data.map((team: { id: string }) => team.id)).toEqual([
    own.id,
  ]);
  await api.as(lead).get(`/teams/${other.id}`).expect(404);
  for (const answer of [
    await api.as(lead).patch(`/teams/${other.id}`).send({ name: 'Чужая' }),
    await api.as(lead).post(`/teams/${other.id}/archive`),
    await api.as(lead).post(`/teams/${nobody}/archive`),
  ]) {
    expect(answer.status).toBe(404);
  }
  expect((await api.as(admin).get(`/teams/${other.id}`).expect(200)).body).toMatchObject({
    name: other.name,
    archivedAt: null,
  });
});

it('S-02: the directory names active colleagues and current teams to every employee, and to nobody else', async () => {
  const team = await aTeam(api, { name: 'Справочная' });
  const [person, gone] = [
    await anEmployee(api, { name: 'Справочный Иван', teamIds: [team.id] }),
    await anEmployee(api, { name: 'Справочный Пётр' }),
  ];
  await api.as(admin).post(`/employees/${gone.id}/archive`).expect(200);
  const accountant = await anEmployee(api, { role: [] });
  const { body } = await api
    .as(accountant)
    .get(`/directory/people?q=${encodeURIComponent('справочный')}`)
    .expect(200);
  expect(body.data).toEqual([{ id: person.id, name: 'Справочный Иван', email: person.email, teamIds: [team.id] }]);
  expect(
    (
      await api
        .as(accountant)
        .get(`/directory/people?q=${encodeURIComponent('%')}`)
        .expect(200)
    ).body.data,
  ).toEqual([]);
  const teams = await api
    .as(accountant)
    .get(`/directory/teams?q=${encodeURIComponent('Справочная')}`)
    .expect(200);
  expect(teams.body.data).toEqual([{ id: team.id, name: 'Справочная', line: 2 }]);
  await api.anonymous.get('/directory/people').expect(401);
  for (const query of ['limit=0', 'limit=201', 'limit=x', 'teamId=1', 'q=%00', 'q=a&q=b', 'x=1']) {
    await api.as(accountant).get(`/directory/people?${query}`).expect(422);
  }
});
