import { Clock, type ContactActor } from '@opora/platform/context';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { Credentials } from './credentials.service';
import { PeopleModule } from './people.module';
import { SignInLinks } from './sign-in-links.service';
import { type SignInSubject, SignInSubjects } from './sign-in-subjects.service';
import { aCredential, anEmployee, TEST_PASSWORD } from './testing';

let api: TestApi;
// Contacts belong to a module above; here the port is filled from a list.
const contacts = new Map<string, SignInSubject>();

beforeAll(async () => {
  api = await startApi(PeopleModule);
  const byId = (id: string) => contacts.get(id) ?? null;
  api.get(SignInSubjects).register('contact', {
    find: async (_, id) => byId(id),
    findByEmail: async (_, email) => [...contacts.values()].find((contact) => contact.email === email) ?? null,
    loadActor: async (_, id): Promise<ContactActor | null> => {
      const contact = byId(id);
      return contact && { kind: 'contact', ...contact, memberships: [], mustChangePassword: false };
    },
  });
});
afterAll(() => api.close());
afterEach(() => Clock.reset());

function aContact(): SignInSubject {
  const id = newId();
  const contact = { id, name: 'Клиент', email: `c-${id}@client.test`, locale: 'ru' as const };
  contacts.set(id, contact);
  return contact;
}
const mailsTo = (address: string) =>
  api.db.query<{ text: string; kind: string }>(
    api.system,
    `SELECT text, kind FROM outgoing_mail WHERE "to"[1] = $1 ORDER BY id`,
    [address],
  );
const askLink = async (email: string) => {
  await api.anonymous.post('/portal/auth/link').send({ email }).expect(204);
  await api.drain();
};
const tokenIn = (text: string) => /\/portal\/sign-in#token=([\w-]{43})/.exec(text)![1]!;
const redeem = (token: unknown) => api.anonymous.post('/portal/auth/link/redeem').send({ token });
const later = (minutes: number) => Clock.set(new Date(Clock.now().getTime() + minutes * 60_000));

it('PO-07: a link signs in once, by POST only, and sets a password without the old one', async () => {
  const contact = aContact();
  await askLink(contact.email.toUpperCase());
  const [mail] = await mailsTo(contact.email);
  expect(mail!.kind).toBe('requested');
  const token = tokenIn(mail!.text);
  await api.anonymous.get(`/portal/auth/link/redeem?token=${token}`).expect(404);
  const { body, headers } = await redeem(token).expect(200);
  expect(body).toEqual({ accessToken: expect.any(String), expiresAt: expect.any(String), mustChangePassword: false });
  expect([headers['set-cookie']].flat().join()).toContain('Path=/api/v1/portal/auth');
  expect((await redeem(token).expect(401)).body.code).toBe('auth.linkInvalid');
  const mine = { authorization: `Bearer ${body.accessToken}` };
  await api.anonymous.post('/portal/auth/password').set(mine).send({ next: 'my first password' }).expect(204);
  await api.anonymous
    .post('/portal/auth/sign-in')
    .send({ login: contact.email, password: 'my first password' })
    .expect(200);
  later(31);
  await api.anonymous.post('/portal/auth/password').set(mine).send({ next: 'my second password' }).expect(422);
});

it('PO-07: of many at once one redeems the link, and its use ends the other links', async () => {
  const contact = aContact();
  await askLink(contact.email);
  await askLink(contact.email);
  const [first, second] = (await mailsTo(contact.email)).map(({ text }) => tokenIn(text));
  const answers = await Promise.all(Array.from({ length: 6 }, () => redeem(first)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
  await redeem(second).expect(401);
});

it('PO-07: a link dies after twenty minutes, with the person, and is kept only as a hash', async () => {
  const contact = aContact();
  await askLink(contact.email);
  const token = tokenIn((await mailsTo(contact.email))[0]!.text);
  const [row] = await api.db.query<{ text: string }>(
    api.system,
    `SELECT string_agg(l::text, '') AS text FROM sign_in_link l`,
  );
  expect(row!.text).not.toContain(token);
  later(21);
  await redeem(token).expect(401);
  Clock.reset();
  contacts.delete(contact.id);
  await redeem(token).expect(401);
  contacts.set(contact.id, contact);
  await redeem(token).expect(200);
});

it('PO-07: an unknown address gets the same answer and no mail, and nobody is flooded', async () => {
  await askLink('nobody@client.test');
  expect(await mailsTo('nobody@client.test')).toEqual([]);
  const contact = aContact();
  for (let time = 0; time < 6; time++) await askLink(contact.email);
  expect(await mailsTo(contact.email)).toHaveLength(3);
});

it('PO-07: the link starts with the address of the installation, whatever the Host header says', async () => {
  const contact = aContact();
  await api.anonymous
    .post('/portal/auth/link')
    .set('host', 'evil.example')
    .set('x-forwarded-host', 'evil.example')
    .send({ email: contact.email })
    .expect(204);
  await api.drain();
  const [mail] = await mailsTo(contact.email);
  expect(mail!.text).toContain('http://localhost:3000/portal/sign-in#token=');
  expect(mail!.text).not.toContain('evil');
});

it('S-04: a contact with the address of an employee cannot become him', async () => {
  const admin = await anEmployee(api, { role: 'admin' });
  const contact = { ...aContact(), email: admin.email };
  contacts.set(contact.id, contact);
  await api
    .get(Credentials)
    .setPassword(api.system, { kind: 'contact', id: contact.id }, contact.email, 'password of a thief');
  await api.anonymous.post('/auth/sign-in').send({ login: admin.email, password: 'password of a thief' }).expect(401);
  await api.anonymous.post('/portal/auth/sign-in').send({ login: admin.email, password: TEST_PASSWORD }).expect(401);
  const { body, headers } = await api.anonymous
    .post('/portal/auth/sign-in')
    .send({ login: admin.email, password: 'password of a thief' })
    .expect(200);
  const mine = { authorization: `Bearer ${body.accessToken}` };
  for (const path of ['/me', '/employees', '/directory/people', '/auth/sessions'])
    await api.anonymous.get(path).set(mine).expect(403);
  const cookie = [headers['set-cookie']]
    .flat()
    .find((one) => one!.startsWith('opora_portal_refresh='))!
    .split(';')[0]!
    .split('=')[1]!;
  await api.anonymous.post('/auth/refresh').set('cookie', `opora_refresh=${cookie}`).expect(401);
  await api.anonymous.post('/portal/auth/refresh').set('cookie', `opora_portal_refresh=${cookie}`).expect(200);
  await api.as(admin).get('/me').expect(200);
});

it('S-04: an employee asks in vain for a portal link', async () => {
  const employee = await anEmployee(api);
  await askLink(employee.email);
  expect(await mailsTo(employee.email)).toEqual([]);
});

it('S-04: an issued portal password must be replaced first', async () => {
  const contact = aContact();
  const issued = await api
    .get(Credentials)
    .issuePassword(api.system, { kind: 'contact', id: contact.id }, contact.email);
  const { body } = await api.anonymous
    .post('/portal/auth/sign-in')
    .send({ login: contact.email, password: issued })
    .expect(200);
  expect(body.mustChangePassword).toBe(true);
  const mine = { authorization: `Bearer ${body.accessToken}` };
  await api.anonymous.post('/portal/auth/password').set(mine).send({ next: 'without the old one' }).expect(422);
  await api.anonymous
    .post('/portal/auth/password')
    .set(mine)
    .send({ current: issued, next: 'with the old one' })
    .expect(204);
});

it('PO-07: an invitation lives for three days', async () => {
  const contact = aContact();
  await api.get(SignInLinks).send(api.system, { kind: 'contact', id: contact.id }, 'invite');
  const [mail] = await mailsTo(contact.email);
  later(3 * 24 * 60 - 1);
  await redeem(tokenIn(mail!.text)).expect(200);
});

it.each([
  [{ token: 1 }],
  [{ token: [] }],
  [{ token: '' }],
  [{ token: 'x'.repeat(201) }],
  [{ token: 'a\0b' }],
  [{}],
  [{ token: 'x', x: 1 }],
])('PO-07: refuses %j with a problem', async (body) => {
  expect((await api.anonymous.post('/portal/auth/link/redeem').send(body).expect(422)).body.errors[0].pointer).toMatch(
    /^\/(token|x)$/,
  );
});

it('S-04: a portal session ends by signing out', async () => {
  const contact = aContact();
  await aCredential(api, { kind: 'contact', id: contact.id }, contact.email);
  const { headers } = await api.anonymous
    .post('/portal/auth/sign-in')
    .send({ login: contact.email, password: TEST_PASSWORD })
    .expect(200);
  const cookie = [headers['set-cookie']]
    .flat()
    .find((one) => one!.startsWith('opora_portal_refresh='))!
    .split(';')[0]!;
  await api.anonymous.post('/portal/auth/sign-out').set('cookie', cookie).expect(204);
  await api.anonymous.post('/portal/auth/refresh').set('cookie', cookie).expect(401);
});
