import { startApi, type TestApi } from '@opora/platform/testing';
import { Employees } from './employees.service';
import { PeopleModule } from './people.module';
import { PRESET_ROLE_IDS } from './preset-roles';
import { anEmployee, aTeam, TEST_PASSWORD, type TestEmployee } from './testing';
import { totpCode } from './totp';

let api: TestApi;
let admin: TestEmployee;

beforeAll(async () => {
  api = await startApi(PeopleModule);
  admin = await anEmployee(api, { role: 'admin', name: 'Админ' });
});
afterAll(() => api.close());

const foreign = '019b0000-0000-7000-8000-00000000dead';

describe('S-02 employees', () => {
  it('S-02: makes an employee with roles, teams and an issued password, and shows him in the list', async () => {
    const team = await aTeam(api, { line: 3 });
    const created = await api
      .as(admin)
      .post('/employees')
      .send({
        name: ' Мария Иванова ',
        email: 'Maria@Example.com',
        phone: '+7 495 000-00-00',
        phoneExtension: '104',
        roleIds: [PRESET_ROLE_IDS.engineer],
        teamIds: [team.id],
      })
      .expect(201);
    expect(created.body.issuedPassword).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
    expect(created.body.employee).toMatchObject({
      name: 'Мария Иванова',
      email: 'maria@example.com',
      phoneExtension: '104',
      isActive: true,
      archivedAt: null,
      totpEnabled: false,
      roles: [{ code: 'engineer', name: 'Инженер' }],
      teams: [{ id: team.id, name: team.name, line: 3 }],
    });
    const listed = await api.as(admin).get('/employees?q=maria%40example').expect(200);
    expect(listed.body).toMatchObject({ data: [{ email: 'maria@example.com' }], page: { next: null, limit: 50 } });
  });

  it('S-02: an address belongs to one employee, also when two requests race', async () => {
    const one = () => api.as(admin).post('/employees').send({ name: 'Двойник', email: 'twin@example.com' });
    const answers = await Promise.all([one(), one(), one()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('people.emailTaken');
  });

  it('S-02: pages through everybody exactly once', async () => {
    await Promise.all(Array.from({ length: 7 }, (_, index) => anEmployee(api, { name: `Постраничный ${index % 3}` })));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await api
        .as(admin)
        .get(`/employees?q=Постраничный&limit=2${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      seen.push(...body.data.map((row: { id: string }) => row.id));
      cursor = body.page.next;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });
});

describe('S-01 rights', () => {
  it('S-01: refuses without sign-in and without the permission', async () => {
    await api.anonymous.get('/employees').expect(401);
    const engineer = await anEmployee(api);
    await api.as(engineer).post('/employees').send({ name: 'x', email: 'x@example.com' }).expect(403);
  });

  it('S-01: a row out of reach does not exist', async () => {
    const team = await aTeam(api);
    const [engineer, mate, stranger] = [
      await anEmployee(api, { teamIds: [team.id] }),
      await anEmployee(api, { teamIds: [team.id] }),
      await anEmployee(api),
    ];
    await api.as(engineer).get(`/employees/${mate.id}`).expect(200);
    await api.as(engineer).get(`/employees/${stranger.id}`).expect(404);
    const { body } = await api.as(engineer).get('/employees').expect(200);
    expect(body.data.map((row: { id: string }) => row.id).sort()).toEqual([engineer.id, mate.id].sort());
    await api.as(admin).get(`/employees/${foreign}`).expect(404);
  });
});

describe('S-02 hostile input', () => {
  it.each([
    [{ email: 'no address' }, '/email'],
    [{ email: ['a@example.com'] }, '/email'],
    [{ email: 'a@example.com\r\nBcc: b@example.com' }, '/email'],
    [{ name: '   ' }, '/name'],
    [{ name: 'x'.repeat(1_000_000) }, '/name'],
    [{ name: 'a\0b' }, '/name'],
    [{ name: '\ud800' }, '/name'],
    [{ name: 'Имя\u202eексим' }, '/name'],
    [{ name: null }, '/name'],
    [{ phone: { $gt: '' } }, '/phone'],
    [{ phoneExtension: 104 }, '/phoneExtension'],
    [{ locale: 'de' }, '/locale'],
    [{ timeZone: 'Mars/Olympus' }, '/timeZone'],
    [{ roleIds: [foreign] }, '/roleIds'],
    [{ roleIds: 'admin' }, '/roleIds'],
    [{ roleIds: [['x']] }, '/roleIds'],
    [{ teamIds: [foreign] }, '/teamIds'],
    [{ isPreset: true }, '/isPreset'],
    [{ archivedAt: null }, '/archivedAt'],
    [{ id: foreign }, '/id'],
  ])('S-02: refuses %j, names the field, writes nothing', async (wrong, pointer) => {
    const count = async () =>
      (await api.db.query<{ n: string }>(api.system, 'SELECT count(*) AS n FROM employee'))[0]!.n;
    const before = await count();
    const made = await api
      .as(admin)
      .post('/employees')
      .send({ name: 'Годный', email: 'good@example.com', ...wrong })
      .expect(422);
    expect(made.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(await count()).toBe(before);
    const person = await anEmployee(api, { role: [] });
    await api
      .as(admin)
      .patch(`/employees/${person.id}`)
      .send({ ...wrong, phone: '+7 999', ...wrong })
      .expect(422);
    expect((await api.as(admin).get(`/employees/${person.id}`).expect(200)).body).toMatchObject({
      name: person.name,
      phone: null,
      roles: [],
    });
  });

  it.each([
    'cursor=x',
    'cursor=WzFd',
    'cursor=e30',
    'limit=0',
    'limit=1e9',
    'limit[]=1',
    'state=odd',
    'teamId=1',
    'q=%00',
    'order=name',
  ])('S-02: refuses the query %s', async (query) => {
    const { status, body } = await api.as(admin).get(`/employees?${query}`);
    expect([400, 422]).toContain(status);
    expect(body.code).toMatch(/^request\./);
  });

  it('S-02: a name is text, whatever it looks like', async () => {
    const name = `<img src=x onerror=alert(1)>'; DROP TABLE employee; --`;
    const { body } = await api.as(admin).post('/employees').send({ name, email: 'xss@example.com' }).expect(201);
    expect(body.employee.name).toBe(name);
    expect(
      (
        await api
          .as(admin)
          .get(`/employees?q=${encodeURIComponent(`'; DROP`)}`)
          .expect(200)
      ).body.data,
    ).toHaveLength(1);
  });

  it('S-02: refuses a broken body and a wrong id with a problem', async () => {
    await api.as(admin).post('/employees').set('content-type', 'application/json').send('{"name":').expect(400);
    await api.as(admin).post('/employees').set('content-type', 'text/xml').send('<a/>').expect(415);
    await api.as(admin).get('/employees/1').expect(422);
    for (const way of ['archive', 'restore', 'reset-password', 'reset-totp'])
      await api.as(admin).post(`/employees/${foreign}/${way}`).expect(404);
    await api.as(admin).patch(`/employees/${foreign}`).send({ name: 'x' }).expect(404);
  });

  it('S-02: an Idempotency-Key makes one employee of two requests', async () => {
    const make = () =>
      api
        .as(admin)
        .post('/employees')
        .set('idempotency-key', 'employee-1')
        .send({ name: 'Один', email: 'once@example.com' });
    const [one, two] = [await make().expect(201), await make().expect(201)];
    expect(two.body.employee.id).toBe(one.body.employee.id);
  });
});

describe('S-02 activation', () => {
  it('S-02: an inactive employee is refused at once and comes back when he is active again', async () => {
    const person = await anEmployee(api);
    await api.as(person).get('/me').expect(200);
    await api.as(admin).patch(`/employees/${person.id}`).send({ isActive: false }).expect(200);
    await api.as(person).get('/me').expect(401);
    await api.as(admin).patch(`/employees/${person.id}`).send({ isActive: true }).expect(200);
    await api.as(person).get('/me').expect(401); // his sessions are over
    await api.anonymous.post('/auth/sign-in').send({ login: person.email, password: TEST_PASSWORD }).expect(200);
  });

  it('S-02: archived people leave the list, keep their name, and come back', async () => {
    const person = await anEmployee(api, { name: 'Архивный' });
    await api.as(admin).post(`/employees/${person.id}/archive`).expect(200);
    const names = async (state: string) =>
      (await api.as(admin).get(`/employees?q=Архивный${state}`).expect(200)).body.data.map(
        (row: { id: string }) => row.id,
      );
    expect(await names('')).toEqual([]);
    expect(await names('&state=archived')).toEqual([person.id]);
    expect(await api.get(Employees).namesOf(api.system, [person.id, null, foreign])).toEqual(
      new Map([[person.id, 'Архивный']]),
    );
    await api.as(admin).post(`/employees/${person.id}/restore`).expect(200);
    expect(await names('')).toEqual([person.id]);
  });

  it('S-02: a changed address is the new login, the old one opens nothing', async () => {
    const person = await anEmployee(api);
    await api.as(admin).patch(`/employees/${person.id}`).send({ email: 'Moved@Example.com' }).expect(200);
    await api.anonymous.post('/auth/sign-in').send({ login: 'moved@example.com', password: TEST_PASSWORD }).expect(200);
    await api.anonymous.post('/auth/sign-in').send({ login: person.email, password: TEST_PASSWORD }).expect(401);
    const other = await anEmployee(api);
    expect(
      (await api.as(admin).patch(`/employees/${other.id}`).send({ email: 'moved@example.com' }).expect(409)).body.code,
    ).toBe('people.emailTaken');
  });

  it('S-04: a lost phone: the second factor is switched off by an administrator', async () => {
    const person = await anEmployee(api);
    const { body } = await api.as(person).post('/auth/totp').expect(200);
    await api
      .as(person)
      .post('/auth/totp/confirm')
      .send({ code: totpCode(body.secret, new Date()) })
      .expect(200);
    const reset = await api.as(admin).post(`/employees/${person.id}/reset-totp`).expect(200);
    expect(reset.body.totpEnabled).toBe(false);
    await api.anonymous.post('/auth/sign-in').send({ login: person.email, password: TEST_PASSWORD }).expect(200);
  });
});
