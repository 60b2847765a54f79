import { startApi, type TestApi } from '@opora/platform/testing';
import { PeopleModule } from './people.module';
import { PRESET_ROLE_IDS } from './preset-roles';
import { anEmployee, aTeam, type TestEmployee } from './testing';

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
    await api.as(admin).get(`/employees/${foreign}`).expect(404);
  });
});
