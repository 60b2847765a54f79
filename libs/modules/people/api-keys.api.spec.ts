import { Clock } from '@opora/platform/context';
import { startApi, type TestApi } from '@opora/platform/testing';
import { PeopleModule } from './people.module';
import { anEmployee, type TestEmployee } from './testing';

let api: TestApi;
let admin: TestEmployee;
beforeAll(async () => {
  api = await startApi(PeopleModule);
  admin = await anEmployee(api, { role: 'admin', name: 'Админ' });
});
afterAll(() => api.close());
afterEach(() => Clock.reset());

const withKey = (secret: string, path: string) => api.anonymous.get(path).set('authorization', `Bearer ${secret}`);
const make = (by: TestEmployee, body: object) =>
  api
    .as(by)
    .post('/api-keys')
    .send({ name: 'Обмен', ...body });

it('I-07: a key acts for its subject within its permissions; the secret is shown once and only its hash is kept', async () => {
  const { body } = await make(admin, { permissions: ['people.read'] }).expect(201);
  expect(body.secret).toMatch(/^opora_[a-z0-9]{8}_[\w-]{43}$/);
  expect(body.apiKey).toMatchObject({
    name: 'Обмен',
    subject: { kind: 'employee', id: admin.id, name: 'Админ' },
    lastUsedAt: null,
    revokedAt: null,
  });
  await withKey(body.secret, '/employees').expect(200);
  await withKey(body.secret, '/api-keys').expect(403);
  expect((await withKey(body.secret, '/me').expect(200)).body.permissions).toEqual(['people.read']);
  const listed = await api.as(admin).get('/api-keys').expect(200);
  // A secret may hold the sign that stands before it.
  const hidden = body.secret.slice(`${listed.body.data[0].prefix}_`.length);
  expect(hidden).toHaveLength(43);
  expect(JSON.stringify(listed.body)).not.toContain(hidden);
  expect(listed.body.data[0].lastUsedAt).toEqual(expect.any(String));
  const [row] = await api.db.query<{ text: string }>(
    api.system,
    'SELECT k::text AS text FROM api_key k WHERE id = $1',
    [body.apiKey.id],
  );
  expect(row!.text).not.toContain(hidden);
});

it('I-07: a key that is wrong, revoked or expired opens nothing', async () => {
  const { body } = await make(admin, {
    permissions: ['people.read'],
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
  }).expect(201);
  const secret: string = body.secret;
  await withKey(secret, '/employees').expect(200);
  const flipped = secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A');
  for (const wrong of [
    flipped,
    `${secret}x`,
    secret.slice(0, 15),
    'opora_',
    'opora_aaaaaaaa_' + 'A'.repeat(43),
    secret.toUpperCase(),
  ]) {
    await withKey(wrong, '/employees').expect(401);
  }
  await api.http.get(`/api/v1/employees?api_token=${secret}`).expect(401);
  const expiring = await make(admin, {
    permissions: ['people.read'],
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
  }).expect(201);
  Clock.set(new Date(Date.now() + 3601_000));
  await withKey(expiring.body.secret, '/employees').expect(401);
  Clock.reset();
  await api.as(admin).delete(`/api-keys/${body.apiKey.id}`).expect(204);
  await withKey(secret, '/employees').expect(401);
  await api.as(admin).delete(`/api-keys/${body.apiKey.id}`).expect(204);
});

it('I-07: the use is noted at most once a minute', async () => {
  const { body } = await make(admin, { permissions: ['people.read'] }).expect(201);
  const lastUsed = async () =>
    (
      await api.db.query<{ at: Date }>(api.system, 'SELECT "lastUsedAt" AS at FROM api_key WHERE id = $1', [
        body.apiKey.id,
      ])
    )[0]!.at;
  await withKey(body.secret, '/employees').expect(200);
  const first = await lastUsed();
  await api.as(admin).patch('/me').send({ locale: 'ru' }).expect(200); // forgets the cached actor
  await withKey(body.secret, '/employees').expect(200);
  expect(await lastUsed()).toEqual(first);
  Clock.set(new Date(Date.now() + 61_000));
  await api.as(admin).patch('/me').send({ locale: 'ru' }).expect(200);
  await withKey(body.secret, '/employees').expect(200);
  expect((await lastUsed()).getTime()).toBeGreaterThan(first.getTime() + 59_000);
});

it('I-07: a key loses what its subject loses', async () => {
  const person = await anEmployee(api, { role: 'admin' });
  const { body } = await make(person, { permissions: ['people.read', 'people.manage'] }).expect(201);
  await withKey(body.secret, '/employees').expect(200);
  await api.as(admin).patch(`/employees/${person.id}`).send({ roleIds: [] }).expect(200);
  await withKey(body.secret, '/employees').expect(403);
  await api.as(admin).post(`/employees/${person.id}/archive`).expect(200);
  await withKey(body.secret, '/employees').expect(401);
});

it('I-07: nobody makes a key that can do more than he can', async () => {
  const { body: role } = await api
    .as(admin)
    .post('/roles')
    .send({ name: { ru: 'Ключник', en: 'Keys' }, permissions: ['people.manage_api_keys', 'people.read'], scope: 'own' })
    .expect(201);
  const keeper = await anEmployee(api, { roleIds: [role.id] });
  await make(keeper, { permissions: ['people.read'] }).expect(201);
  const exceeding = await make(keeper, { permissions: ['people.read', 'people.manage'] }).expect(422);
  expect(exceeding.body.errors[0]).toMatchObject({ pointer: '/permissions/1', code: 'people.permissionExceeds' });
  await make(keeper, { permissions: ['people.read'], subjectId: admin.id }).expect(403);
  expect((await api.as(keeper).get('/api-keys').expect(200)).body.data).toHaveLength(1);
  const { body: foreign } = await make(admin, { permissions: ['people.read'] }).expect(201);
  await api.as(keeper).delete(`/api-keys/${foreign.apiKey.id}`).expect(404);
  await withKey(foreign.secret, '/employees').expect(200);
});

it('I-07: a key can make no stronger key and does not touch the account of its subject', async () => {
  const { body } = await make(admin, { permissions: ['people.manage_api_keys', 'people.read'] }).expect(201);
  const asKey = (path: string) => api.anonymous.post(path).set('authorization', `Bearer ${body.secret}`);
  await asKey('/api-keys')
    .send({ name: 'x', permissions: ['people.read'] })
    .expect(201);
  await asKey('/api-keys')
    .send({ name: 'x', permissions: ['people.manage'] })
    .expect(403);
  await asKey('/auth/password').send({ current: 'x', next: 'another good password' }).expect(403);
  await asKey('/auth/totp').expect(403);
  await asKey('/auth/sessions/revoke-others').expect(403);
});

it.each([
  [{ permissions: 'people.read' }, '/permissions'],
  [{ permissions: ['people.nothing'] }, '/permissions/0'],
  [{ permissions: ['people.read', 'people.read'] }, '/permissions'],
  [{ permissions: [], expiresAt: '2001-01-01T00:00:00Z' }, '/expiresAt'],
  [{ permissions: [], expiresAt: 'tomorrow' }, '/expiresAt'],
  [{ permissions: [], subjectId: '019b0000-0000-7000-8000-00000000dead' }, '/subjectId'],
  [{ permissions: [], subjectKind: 'system' }, '/subjectKind'],
  [{ permissions: [], name: 'a\u202eb' }, '/name'],
  [{ permissions: [], hash: 'x' }, '/hash'],
])('I-07: refuses %j and names the field', async (body, pointer) => {
  const answer = await make(admin, body).expect(422);
  expect(answer.body.errors[0].pointer).toBe(pointer);
});
