import { createHmac } from 'node:crypto';
import { Secrets, Tokens } from '@opora/platform/auth';
import { Clock } from '@opora/platform/context';
import { startApi, type TestApi } from '@opora/platform/testing';
import type { Response } from 'supertest';
import { PeopleModule } from './people.module';
import { anEmployee, TEST_PASSWORD, type TestEmployee } from './testing';
import { totpCode } from './totp';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(PeopleModule);
});
afterAll(() => api.close());
afterEach(() => Clock.reset());

const setCookies = (answer: Response): string[] => [answer.headers['set-cookie'] ?? []].flat();
const cookieOf = (answer: Response, name: string): string =>
  setCookies(answer)
    .find((cookie) => cookie.startsWith(`${name}=`))!
    .split(';')[0]!;
const signIn = (login: string, password = TEST_PASSWORD, more: object = {}, cookie = '') =>
  api.anonymous
    .post('/auth/sign-in')
    .set('cookie', cookie)
    .send({ login, password, ...more });
const refresh = (cookie: string) => api.anonymous.post('/auth/refresh').set('cookie', cookie);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const later = (seconds: number) => Clock.set(new Date(Clock.now().getTime() + seconds * 1000));

describe('S-04 signing in', () => {
  it('S-04: answers with a token, who I am, and a cookie out of reach of scripts', async () => {
    const person = await anEmployee(api, { role: 'dispatcher', name: 'Диспетчер' });
    const answer = await signIn(` ${person.email.toUpperCase()} `).expect(200);
    expect(answer.body).toMatchObject({
      mustChangePassword: false,
      me: { id: person.id, kind: 'employee', name: 'Диспетчер', totpEnabled: false },
    });
    expect(answer.body.me.permissions).toContain('people.read');
    const cookie = setCookies(answer).find((one) => one.startsWith('opora_refresh='));
    expect(cookie).toMatch(/; Path=\/api\/v1\/auth; HttpOnly; SameSite=Lax$/);
    await api.anonymous.get('/me').set(bearer(answer.body.accessToken)).expect(200);
  });

  it('S-04: an unknown login, a wrong password, an archived and an inactive person get one and the same answer', async () => {
    const [person, archived, inactive] = [await anEmployee(api), await anEmployee(api), await anEmployee(api)];
    await api.db.query(api.system, 'UPDATE employee SET "archivedAt" = now() WHERE id = $1', [archived.id]);
    await api.db.query(api.system, 'UPDATE employee SET "isActive" = false WHERE id = $1', [inactive.id]);
    const answers = [
      await signIn('nobody@opora.test'),
      await signIn(person.email, 'wrong password'),
      await signIn(archived.email),
      await signIn(inactive.email),
    ];
    const bodies = answers.map(({ status, body }) => ({ status, ...body, traceId: '' }));
    expect(bodies[0]).toMatchObject({ status: 401, code: 'auth.invalid' });
    for (const body of bodies) expect(body).toEqual(bodies[0]);
  });

  it('S-04: an unknown login takes as long as a known one', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => anEmployee(api)));
    const time = async (login: string) => {
      const start = performance.now();
      await signIn(login, 'wrong password').expect(401);
      return performance.now() - start;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (const [index, person] of people.entries()) {
      known.push(await time(person.email));
      unknown.push(await time(`nobody-${index}@opora.test`));
    }
    const middle = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
    const ratio = middle(known) / middle(unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it.each([
    ['no body', undefined],
    ['a list', []],
    ['a list for a text', { login: ['a'], password: 'b' }],
    ['an object for a text', { login: { $ne: 1 }, password: 'b' }],
    ['an unknown field', { login: 'a', password: 'b', isAdmin: true }],
    ['U+0000', { login: 'a\0b', password: 'b' }],
    ['a megabyte', { login: 'a', password: 'x'.repeat(1_000_000) }],
    ['a prototype', JSON.parse('{"login":"a","password":"b","__proto__":{"x":1}}')],
  ])('S-04: refuses %s and names the field', async (_, body) => {
    const answer = await api.anonymous.post('/auth/sign-in').send(body);
    expect([400, 422]).toContain(answer.status);
    expect(answer.body).toMatchObject({ status: answer.status, code: expect.any(String), traceId: expect.any(String) });
  });

  it('S-04: a page of another site can neither sign in nor refresh', async () => {
    const person = await anEmployee(api);
    const answer = await signIn(person.email).expect(200);
    const cookie = cookieOf(answer, 'opora_refresh');
    await refresh(cookie).set('origin', 'https://evil.example').expect(403);
    await refresh(cookie).set('origin', 'null').expect(403);
    await refresh(cookie).set('sec-fetch-site', 'cross-site').expect(403);
    await signIn(person.email).set('origin', 'https://evil.example').expect(403);
    await refresh(cookie).set('origin', 'http://localhost:3000').expect(200);
  });

  it('S-04: an answer with tokens is not kept for a repeat under an Idempotency-Key', async () => {
    const person = await anEmployee(api);
    const cookie = cookieOf(await signIn(person.email).expect(200), 'opora_refresh');
    await refresh(cookie).set('idempotency-key', 'k-1').expect(200);
    await api.anonymous.post('/auth/refresh').set('idempotency-key', 'k-1').expect(401);
  });
});

describe('S-04 tokens', () => {
  let person: TestEmployee;
  beforeAll(async () => {
    person = await anEmployee(api);
  });

  it('S-04: fifteen forged tokens are refused', async () => {
    const key = api.get(Secrets).key('access-token');
    const now = Math.floor(Date.now() / 1000);
    const whole = { kind: 'employee', sid: person.sessionId, sub: person.id, iss: 'opora', iat: now, exp: now + 600 };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = (
      claims: object,
      header: object = { alg: 'HS256', typ: 'JWT' },
      secret: Buffer | string = key,
      digest = 'sha256',
    ) => {
      const text = `${part(header)}.${part(claims)}`;
      return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
    };
    await api.anonymous
      .get('/me')
      .set(bearer(jwt(whole)))
      .expect(200);
    const unsigned = `${part({ alg: 'none' })}.${part(whole)}.`;
    const other = await anEmployee(api, { role: 'admin' });
    const forged = [
      unsigned,
      unsigned.slice(0, -1),
      jwt(whole, { alg: 'None' }),
      jwt(whole, { alg: 'HS256' }, 'secret'),
      jwt(whole, { alg: 'HS256' }, ''),
      jwt(whole, { alg: 'HS512' }, key, 'sha512'),
      jwt(whole, { alg: 'RS256' }),
      jwt({ ...whole, iat: now - 1200, exp: now - 600 }),
      jwt({ ...whole, exp: undefined }),
      jwt({ ...whole, iat: now - 7200 }),
      jwt({ ...whole, iss: 'other' }),
      jwt({ ...whole, sub: other.id }),
      jwt({ ...whole, kind: 'system' }),
      jwt({ ...whole, kind: 'contact' }),
      jwt({ ...whole, sid: '019b0000-0000-7000-8000-00000000dead' }),
      jwt({ ...whole, sid: "x' OR 1=1 --" }),
      jwt({ ...whole, sub: ['a'] }),
      `${jwt(whole).split('.').slice(0, 2).join('.')}.${'A'.repeat(43)}`,
      'not.a.token',
    ];
    for (const token of forged) {
      const { status } = await api.anonymous.get('/me').set(bearer(token));
      expect({ token, status }).toEqual({ token, status: 401 });
    }
    for (const header of ['Basic YTpi', 'Bearer', `Bearer ${'a'.repeat(9000)}`, `bearer  ${jwt(whole)}`]) {
      const { status } = await api.anonymous.get('/me').set('authorization', header);
      expect([401, 431]).toContain(status);
    }
  });

  it('S-04: a token that was accepted a moment ago ends with its ten minutes', async () => {
    const person = await anEmployee(api, { role: 'engineer' });
    const { accessToken } = (await signIn(person.email).expect(200)).body as { accessToken: string };
    const ask = () => api.anonymous.get('/me').set(bearer(accessToken));
    await ask().expect(200);
    const now = jest.spyOn(Date, 'now');
    try {
      now.mockReturnValue(new Date().getTime() + 590_000);
      await ask().expect(200);
      now.mockReturnValue(new Date().getTime() + 601_000);
      await ask().expect(401);
    } finally {
      now.mockRestore();
    }
  });

  it('S-04: identity headers from outside mean nothing', async () => {
    for (const name of ['x-remote-user', 'remote-user', 'x-forwarded-user', 'x-forwarded-email', 'x-user-id']) {
      await api.anonymous.get('/me').set(name, person.email).expect(401);
    }
  });

  it('S-04: each refresh gives the next cookie, a parallel tab gets the same one, a later repeat ends the session', async () => {
    const first = cookieOf(await signIn(person.email).expect(200), 'opora_refresh');
    const [one, two] = await Promise.all([refresh(first).expect(200), refresh(first).expect(200)]);
    const second = cookieOf(one, 'opora_refresh');
    expect(cookieOf(two, 'opora_refresh')).toBe(second);
    expect(second).not.toBe(first);
    const third = await refresh(second).expect(200);
    const access = third.body.accessToken;
    await api.anonymous.get('/me').set(bearer(access)).expect(200);
    later(11);
    expect((await refresh(first).expect(401)).body.code).toBe('auth.sessionRevoked');
    expect((await refresh(cookieOf(third, 'opora_refresh')).expect(401)).body.code).toBe('auth.sessionRevoked');
    await api.anonymous.get('/me').set(bearer(access)).expect(401);
  });

  it('S-04: the previous cookie works for ten seconds and not longer', async () => {
    const first = cookieOf(await signIn(person.email).expect(200), 'opora_refresh');
    await refresh(first).expect(200);
    later(9);
    await refresh(first).expect(200);
    later(2);
    await refresh(first).expect(401);
  });

  it('S-04: a session ends after thirty days without use, and a broken cookie is refused', async () => {
    const cookie = cookieOf(await signIn(person.email).expect(200), 'opora_refresh');
    later(31 * 86_400);
    expect((await refresh(cookie).expect(401)).body.code).toBe('auth.sessionExpired');
    Clock.reset();
    for (const broken of [
      '',
      'opora_refresh=',
      'opora_refresh=x',
      `${cookie}x`,
      'opora_refresh=%00',
      `opora_refresh=${person.sessionId}.${'A'.repeat(42)}`,
    ]) {
      expect((await refresh(broken)).status).toBe(401);
    }
  });

  it('S-04: only hashes of tokens and passwords are kept', async () => {
    const answer = await signIn(person.email).expect(200);
    const secret = cookieOf(answer, 'opora_refresh').split('.')[1]!;
    const [row] = await api.db.query<{ text: string }>(
      api.system,
      `SELECT string_agg(s::text, '') || (SELECT string_agg(c::text, '') FROM credential c) || (SELECT string_agg(d::text, '') FROM known_device d) AS text FROM session s`,
    );
    for (const clear of [secret, TEST_PASSWORD, cookieOf(answer, 'opora_device').split('=')[1]!])
      expect(row!.text).not.toContain(clear);
    expect(row!.text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });
});

describe('S-04 devices', () => {
  it('S-04: lists the own devices, ends one, ends the others, and never a stranger’s', async () => {
    const [person, other] = [await anEmployee(api), await anEmployee(api)];
    const phone = await signIn(person.email).set('user-agent', 'Phone').expect(200);
    const { body } = await api.as(person).get('/auth/sessions').expect(200);
    expect(
      body.data.map((one: { userAgent: string; isCurrent: boolean }) => [one.userAgent, one.isCurrent]).sort(),
    ).toEqual([
      ['Phone', false],
      ['test', true],
    ]);
    const phoneId = body.data.find((one: { userAgent: string }) => one.userAgent === 'Phone').id;
    await api.as(other).delete(`/auth/sessions/${phoneId}`).expect(404);
    await api.anonymous.get('/me').set(bearer(phone.body.accessToken)).expect(200);
    await api.as(person).delete(`/auth/sessions/${phoneId}`).expect(204);
    await api.anonymous.get('/me').set(bearer(phone.body.accessToken)).expect(401);
    await refresh(cookieOf(phone, 'opora_refresh')).expect(401);
    const tablet = await signIn(person.email).expect(200);
    await api.as(person).post('/auth/sessions/revoke-others').expect(204);
    await refresh(cookieOf(tablet, 'opora_refresh')).expect(401);
    await api.as(person).get('/me').expect(200);
    await api.as(other).get('/me').expect(200);
  });

  it('S-04: signing out ends the session of the cookie', async () => {
    const person = await anEmployee(api);
    const answer = await signIn(person.email).expect(200);
    const out = await api.anonymous.post('/auth/sign-out').set('cookie', cookieOf(answer, 'opora_refresh')).expect(204);
    expect(setCookies(out)[0]).toMatch(/^opora_refresh=;.*Expires=Thu, 01 Jan 1970/);
    await api.anonymous.get('/me').set(bearer(answer.body.accessToken)).expect(401);
    await api.anonymous.post('/auth/sign-out').expect(204);
  });

  it('S-04: an archived employee is refused at once', async () => {
    const [admin, person] = [await anEmployee(api, { role: 'admin' }), await anEmployee(api)];
    await api.as(person).get('/me').expect(200);
    await api.as(admin).post(`/employees/${person.id}/archive`).expect(200);
    await api.as(person).get('/me').expect(401);
  });
});

describe('S-04 passwords', () => {
  it('S-04: an issued password opens only the own account until it is replaced', async () => {
    const admin = await anEmployee(api, { role: 'admin' });
    const made = await api
      .as(admin)
      .post('/employees')
      .send({ name: 'Новичок', email: 'new@opora.test', roleIds: [] })
      .expect(201);
    const reset = await api.as(admin).post(`/employees/${made.body.employee.id}/reset-password`).expect(200);
    await signIn('new@opora.test', made.body.issuedPassword).expect(401);
    const answer = await signIn('new@opora.test', reset.body.issuedPassword).expect(200);
    expect(answer.body).toMatchObject({ mustChangePassword: true, me: { mustChangePassword: true } });
    const mine = bearer(answer.body.accessToken);
    await api.anonymous.get('/me').set(mine).expect(200);
    expect((await api.anonymous.patch('/me').set(mine).send({ locale: 'en' }).expect(403)).body.code).toBe(
      'access.passwordChangeRequired',
    );
    const change = (next: string) =>
      api.anonymous.post('/auth/password').set(mine).send({ current: reset.body.issuedPassword, next });
    expect((await change('short').expect(422)).body.errors[0]).toMatchObject({ pointer: '/next' });
    expect((await change('aaaaaaaaaaaa').expect(422)).body.errors[0]).toMatchObject({
      pointer: '/next',
      code: 'auth.passwordTooSimple',
    });
    expect((await change('new@opora.test').expect(422)).body.errors[0].code).toBe('auth.passwordLikeLogin');
    expect((await change(reset.body.issuedPassword).expect(422)).body.errors[0].code).toBe('auth.passwordSame');
    await change('пароль подлиннее').expect(204);
    await api.anonymous.patch('/me').set(mine).send({ locale: 'en' }).expect(200);
    await signIn('new@opora.test', 'пароль подлиннее').expect(200);
  });

  it('S-04: a new password ends the other sessions and asks for the old one', async () => {
    const person = await anEmployee(api);
    const other = await signIn(person.email).expect(200);
    const wrong = await api
      .as(person)
      .post('/auth/password')
      .send({ current: 'wrong one', next: 'another good password' })
      .expect(422);
    expect(wrong.body.errors[0]).toMatchObject({ pointer: '/current', code: 'auth.passwordWrong' });
    await api
      .as(person)
      .post('/auth/password')
      .send({ current: TEST_PASSWORD, next: 'another good password' })
      .expect(204);
    await refresh(cookieOf(other, 'opora_refresh')).expect(401);
    await api.as(person).get('/me').expect(200);
    await signIn(person.email).expect(401);
  });
});

describe('S-04 second factor', () => {
  it('S-04: is asked for after it is on; a code works once, a recovery code works once', async () => {
    const person = await anEmployee(api);
    const begun = await api.as(person).post('/auth/totp').expect(200);
    expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\/Opora:/);
    const code = () => totpCode(begun.body.secret, Clock.now());
    await api.as(person).post('/auth/totp/confirm').send({ code: '000000' }).expect(401);
    const { body } = await api.as(person).post('/auth/totp/confirm').send({ code: code() }).expect(200);
    expect(body.recoveryCodes).toHaveLength(10);
    await api.as(person).post('/auth/totp').expect(409);

    expect((await signIn(person.email).expect(401)).body.code).toBe('auth.totpRequired');
    expect((await signIn(person.email, TEST_PASSWORD, { totp: code() }).expect(401)).body.code).toBe(
      'auth.totpInvalid',
    );
    later(60);
    const answers = await Promise.all([1, 2].map(() => signIn(person.email, TEST_PASSWORD, { totp: code() })));
    // The second is refused as a repeated code, or asked to wait as a guess made too soon.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    later(60);
    await signIn(person.email, TEST_PASSWORD, { totp: body.recoveryCodes[0].toUpperCase() }).expect(200);
    await signIn(person.email, TEST_PASSWORD, { totp: body.recoveryCodes[0] }).expect(401);
    expect((await signIn(person.email, 'wrong password', { totp: code() }).expect(401)).body.code).toBe('auth.invalid');

    expect((await api.as(person).get('/me').expect(200)).body.totpEnabled).toBe(true);
    await api.as(person).delete('/auth/totp').send({ code: '123456' }).expect(401);
    await api.as(person).delete('/auth/totp').send({ code: body.recoveryCodes[1] }).expect(204);
    await signIn(person.email).expect(200);
  });

  it('S-04: the secret and the recovery codes are not kept in the clear', async () => {
    const person = await anEmployee(api);
    const { body } = await api.as(person).post('/auth/totp').expect(200);
    const confirmed = await api
      .as(person)
      .post('/auth/totp/confirm')
      .send({ code: totpCode(body.secret, Clock.now()) })
      .expect(200);
    const [row] = await api.db.query<{ text: string }>(
      api.system,
      'SELECT c::text AS text FROM credential c WHERE "subjectId" = $1',
      [person.id],
    );
    for (const clear of [body.secret, ...confirmed.body.recoveryCodes]) expect(row!.text).not.toContain(clear);
  });
});

it('S-04: a token of the portal opens no staff route', async () => {
  const person = await anEmployee(api);
  const { accessToken } = api.get(Tokens).issue({ kind: 'contact', sub: person.id, sid: person.sessionId });
  await api.anonymous.get('/me').set(bearer(accessToken)).expect(401);
});
