import { Clock } from '@opora/platform/context';
import { startApi, type TestApi } from '@opora/platform/testing';
import type { Response } from 'supertest';
import { CEILING, delayAfter, DELAYS, QUIET_SECONDS } from './lockout';
import { PeopleModule } from './people.module';
import { anEmployee, TEST_PASSWORD } from './testing';

let api: TestApi;
beforeAll(async () => {
  // The test is its own proxy, so that it can come from many addresses.
  api = await startApi(PeopleModule, { OPORA_TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => api.close());
afterEach(() => Clock.reset());

type Try = { password?: string; ip?: string; device?: string };
const signIn = (login: string, { password = TEST_PASSWORD, ip = '198.51.100.1', device = '' }: Try = {}) =>
  api.anonymous.post('/auth/sign-in').set('cookie', device).set('x-forwarded-for', ip).send({ login, password });
const guess = (login: string, ip?: string, device?: string) =>
  signIn(login, { password: 'wrong password', ip, device });
const deviceOf = (answer: Response): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .find((cookie) => cookie.startsWith('opora_device='))!
    .split(';')[0]!;
const later = (seconds: number) => Clock.set(new Date(Clock.now().getTime() + seconds * 1000));
const anyAddress = (index: number) => `203.0.113.${index % 250}`;

it.each([
  ['address', 0, 0],
  ['address', 4, 0],
  ['address', 5, 5],
  ['address', 8, QUIET_SECONDS],
  ['address', 500, QUIET_SECONDS],
  ['strangers', 8, 0],
  ['strangers', 12, QUIET_SECONDS],
  ['ownDevices', 8, QUIET_SECONDS],
] as const)('S-04: in the pool %s the wait after guess %i is %i s', (pool, guesses, seconds) => {
  expect(delayAfter(pool, guesses)).toBe(seconds);
});

it('S-04: guesses are slowed down, the right password too, and an unknown login just the same', async () => {
  const person = await anEmployee(api);
  for (const login of [person.email, 'stranger@opora.test']) {
    const seen: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) seen.push((await guess(login)).status);
    expect(seen).toEqual([401, 401, 401, 401, 401, 429]);
  }
  const refused = await signIn(person.email).expect(429);
  expect(refused.body).toMatchObject({ code: 'auth.tooManyAttempts', retryAfter: expect.any(Number) });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  await signIn(person.email, { ip: '198.51.100.2' }).expect(200);
  later(6);
  await signIn(person.email).expect(200);
});

it('S-04: of two who sign in at the same moment the one whose request began first may be counted second', async () => {
  const person = await anEmployee(api);
  await guess(person.email);
  later(-0.5);
  await signIn(person.email).expect(200);
});

it('S-04: no more than twenty guesses per account and quarter of an hour, from many addresses and the own browser, in parallel', async () => {
  const person = await anEmployee(api);
  const device = deviceOf(await signIn(person.email).expect(200));
  let taken = 0;
  for (let minute = 0; minute < 15; minute++) {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        guess(person.email, anyAddress(minute * 12 + index), index % 3 ? '' : device),
      ),
    );
    taken += answers.filter(({ status }) => status === 401).length;
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
    later(60);
  }
  expect(taken).toBe(CEILING);
  expect(CEILING).toBeLessThanOrEqual(20);
  expect(DELAYS.strangers.length + DELAYS.ownDevices.length).toBe(CEILING);
});

it('S-04: strangers cannot lock a person out of a browser he has used, nor for good anywhere', async () => {
  const person = await anEmployee(api);
  const device = deviceOf(await signIn(person.email).expect(200));
  for (let attempt = 0; attempt < 40; attempt++) await guess(person.email, anyAddress(attempt));
  await signIn(person.email, { ip: '192.0.2.7' }).expect(429);
  await signIn(person.email, { device }).expect(200);
  const foreign = deviceOf(await signIn((await anEmployee(api)).email).expect(200));
  await signIn(person.email, { device: foreign }).expect(429);
  later(QUIET_SECONDS + 1);
  await signIn(person.email, { ip: '192.0.2.7' }).expect(200);
});

it('S-04: a reset password lifts the brake', async () => {
  const [admin, person] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api)];
  for (let attempt = 0; attempt < 20; attempt++) await guess(person.email, anyAddress(attempt));
  const { body } = await api.as(admin).post(`/employees/${person.id}/reset-password`).expect(200);
  await signIn(person.email, { password: body.issuedPassword }).expect(200);
});

it('S-04: guesses at the password in the own account are counted too', async () => {
  const person = await anEmployee(api);
  const seen: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    const { status } = await api
      .as(person)
      .post('/auth/password')
      .send({ current: `wrong ${attempt}`, next: 'another good password' });
    seen.push(status);
  }
  expect(seen).toEqual([422, 422, 422, 422, 422, 429, 429]);
});
