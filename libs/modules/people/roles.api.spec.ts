import { startApi, type TestApi } from '@opora/platform/testing';
import { PeopleModule } from './people.module';
import { PRESET_ROLE_IDS } from './preset-roles';
import { anEmployee, aTeam, type TestEmployee } from './testing';

let api: TestApi;
let admin: TestEmployee;
beforeAll(async () => {
  api = await startApi(PeopleModule);
  admin = await anEmployee(api, { role: 'admin' });
});
afterAll(() => api.close());

const name = { ru: 'Своя', en: 'Own' };
const aRole = async (permissions: string[], scope = 'all') =>
  (await api.as(admin).post('/roles').send({ name, permissions, scope }).expect(201)).body as { id: string };

describe('S-01 roles', () => {
  it('S-01: the seven presets are there and cannot be changed', async () => {
    const { body } = await api.as(admin).get('/roles').expect(200);
    expect(body.data.slice(0, 7).map((role: { code: string }) => role.code)).toEqual([
      'admin',
      'dispatcher',
      'engineer',
      'line_lead',
      'field_engineer',
      'developer',
      'accountant',
    ]);
    expect(body.data[0].permissions).toContain('people.manage_roles');
    await api.as(admin).patch(`/roles/${PRESET_ROLE_IDS.engineer}`).send({ scope: 'all' }).expect(409);
    await api.as(admin).delete(`/roles/${PRESET_ROLE_IDS.engineer}`).expect(409);
  });

  it('S-01: every permission has a label in both languages', async () => {
    for (const language of ['ru', 'en']) {
      const { body } = await api.as(admin).get('/permissions').set('accept-language', language).expect(200);
      const people = body.data.find((group: { module: string }) => group.module === 'people');
      expect(people.permissions).toHaveLength(5);
      for (const { label } of people.permissions) expect(label).not.toMatch(/^permissions\./);
    }
  });

  it('S-01: a change of a role works at once', async () => {
    const role = await aRole(['people.read']);
    const person = await anEmployee(api, { roleIds: [role.id] });
    await api.as(person).get('/employees').expect(200);
    await api.as(admin).patch(`/roles/${role.id}`).send({ permissions: [] }).expect(200);
    await api.as(person).get('/employees').expect(403);
  });

  it('S-01: a role in use is not deleted, and the answer says how many hold it', async () => {
    const role = await aRole([]);
    const person = await anEmployee(api, { roleIds: [role.id] });
    await api.as(admin).post(`/employees/${person.id}/archive`).expect(200);
    expect((await api.as(admin).delete(`/roles/${role.id}`).expect(409)).body).toMatchObject({
      code: 'people.roleInUse',
      count: 1,
    });
    await api.as(admin).patch(`/employees/${person.id}`).send({ roleIds: [] }).expect(200);
    await api.as(admin).delete(`/roles/${role.id}`).expect(204);
    await api.as(admin).get(`/roles/${role.id}`).expect(404);
  });

  it('S-01: a role is either given or deleted, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const role = await aRole([]);
      const [given, deleted] = await Promise.all([
        api
          .as(admin)
          .post('/employees')
          .send({ name: 'Гонка', email: `race-${round}@opora.test`, roleIds: [role.id] }),
        api.as(admin).delete(`/roles/${role.id}`),
      ]);
      expect([
        [201, 409],
        [422, 204],
      ]).toContainEqual([given.status, deleted.status]);
    }
  });

  it.each([
    [{ permissions: ['people.nothing'], scope: 'all', name }, '/permissions/0'],
    [{ permissions: [], scope: 'everything', name }, '/scope'],
    [{ permissions: [], scope: 'categories', name }, '/categoryIds'],
    [{ permissions: [], scope: 'all', name: 'Своя' }, '/name'],
    [{ permissions: [], scope: 'all', name: { ru: 'Своя' } }, '/name/en'],
    [{ permissions: [], scope: 'all', name: { ...name, fr: 'x' } }, '/name/fr'],
    [{ permissions: { 0: 'people.read' }, scope: 'all', name }, '/permissions'],
    [{ permissions: [], scope: 'all', name, isPreset: true }, '/isPreset'],
  ])('S-01: refuses %j and names the field', async (body, pointer) => {
    const answer = await api.as(admin).post('/roles').send(body).expect(422);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});

describe('S-01 nobody lifts himself up', () => {
  let manager: TestEmployee;
  beforeAll(async () => {
    const role = await aRole(['people.read', 'people.manage', 'people.manage_roles']);
    manager = await anEmployee(api, { roleIds: [role.id] });
  });

  it('S-01: a manager gives nobody, and no role, what he does not hold himself', async () => {
    const person = await anEmployee(api, { role: [] });
    expect(
      (
        await api
          .as(manager)
          .patch(`/employees/${person.id}`)
          .send({ roleIds: [PRESET_ROLE_IDS.admin] })
          .expect(403)
      ).body.code,
    ).toBe('people.cannotGrant');
    await api
      .as(manager)
      .patch(`/employees/${manager.id}`)
      .send({ roleIds: [PRESET_ROLE_IDS.admin] })
      .expect(403);
    await api
      .as(manager)
      .post('/employees')
      .send({ name: 'x', email: 'up@opora.test', roleIds: [PRESET_ROLE_IDS.admin] })
      .expect(403);
    await api
      .as(manager)
      .post('/roles')
      .send({ name, permissions: ['people.manage_api_keys'], scope: 'all' })
      .expect(403);
    const strong = await aRole(['people.manage_api_keys']);
    await api.as(manager).patch(`/roles/${strong.id}`).send({ permissions: [] }).expect(403);
    expect((await api.as(admin).get('/employees?q=up@opora.test').expect(200)).body.data).toEqual([]);
  });

  it('S-01: a narrow reach cannot be widened', async () => {
    const narrow = await aRole(['people.read', 'people.manage', 'people.manage_roles'], 'teams');
    const team = await aTeam(api);
    const lead = await anEmployee(api, { roleIds: [narrow.id], teamIds: [team.id] });
    await api
      .as(lead)
      .post('/roles')
      .send({ name, permissions: ['people.read'], scope: 'all' })
      .expect(403);
    await api
      .as(lead)
      .post('/roles')
      .send({ name, permissions: ['people.read'], scope: 'own' })
      .expect(201);
    const stranger = await anEmployee(api, { role: [] });
    await api.as(lead).patch(`/employees/${stranger.id}`).send({ name: 'x' }).expect(404);
  });

  it.each(['patch', 'archive', 'reset-password', 'reset-totp'])(
    'S-01: a manager cannot take over an administrator by %s',
    async (way) => {
      const answer =
        way === 'patch'
          ? await api.as(manager).patch(`/employees/${admin.id}`).send({ email: 'mine@opora.test' })
          : await api.as(manager).post(`/employees/${admin.id}/${way}`);
      expect(answer.status).toBe(403);
      expect(answer.body.code).toBe('people.cannotManage');
      expect((await api.as(admin).get('/me').expect(200)).body.email).toBe(admin.email);
    },
  );
});

describe('S-01 the last administrator', () => {
  it('S-01: two administrators who remove each other at once leave one', async () => {
    const fresh = await startApi(PeopleModule);
    const [one, two] = [await anEmployee(fresh, { role: 'admin' }), await anEmployee(fresh, { role: 'admin' })];
    const answers = await Promise.all([
      fresh.as(one).post(`/employees/${two.id}/archive`),
      fresh.as(two).patch(`/employees/${one.id}`).send({ roleIds: [] }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const [left] = await fresh.db.query<{ id: string }>(
      fresh.system,
      `SELECT id FROM employee WHERE "roleIds" @> ARRAY[$1::uuid] AND "isActive" AND "archivedAt" IS NULL`,
      [PRESET_ROLE_IDS.admin],
    );
    const last = left!.id === one.id ? one : two;
    for (const body of [{ roleIds: [] }, { isActive: false }]) {
      expect((await fresh.as(last).patch(`/employees/${last.id}`).send(body).expect(409)).body.code).toBe(
        'people.lastAdmin',
      );
    }
    await fresh.as(last).post(`/employees/${last.id}/archive`).expect(409);
    await fresh.as(last).get('/employees').expect(200);
    await fresh.close();
  });
});
