import { CommandError, declaredCommands } from '@opora/platform/cli';
import { startApi, type TestApi } from '@opora/platform/testing';
import { Employees } from './employees.service';
import { PeopleCommands } from './people.command';
import { PeopleModule } from './people.module';
import { DEMO_PASSWORD, seedPeople } from './people.seed';
import { Teams } from './teams.service';

let api: TestApi;
let commands: PeopleCommands;
beforeAll(async () => {
  api = await startApi(PeopleModule);
  commands = api.get(PeopleCommands);
});
afterAll(() => api.close());

const signIn = (login: string, password: string) => api.anonymous.post('/auth/sign-in').send({ login, password });
const run = (options: Record<string, string>, ...args: string[]) => ({ ctx: api.system, options, args });

it('O-02: the first administrator is made from the command line and gets a new password there', async () => {
  const made = (await commands.createUser(
    run({ name: 'Первый', email: 'First@Example.com', role: 'admin', locale: 'ru' }),
  )) as { password: string };
  expect((await signIn('first@example.com', made.password).expect(200)).body.mustChangePassword).toBe(true);
  const reset = (await commands.resetPassword(run({}, 'first@example.com'))) as { password: string };
  await signIn('first@example.com', made.password).expect(401);
  await signIn('first@example.com', reset.password).expect(200);
  await commands.disableTotp(run({}, 'first@example.com'));
});

it('O-02: a key is made and revoked from the command line', async () => {
  const made = (await commands.createKey(
    run({ for: 'first@example.com', name: 'Обмен', permissions: 'people.read' }),
  )) as { id: string; secret: string };
  const list = () => api.anonymous.get('/employees').set('authorization', `Bearer ${made.secret}`);
  await list().expect(200);
  await commands.revokeKey(run({}, made.id));
  await list().expect(401);
});

it('O-02: a wrong call is refused in words, with exit code 2', async () => {
  const code = (call: Promise<object>) =>
    call.then(
      () => 0,
      (error: unknown) => (error instanceof CommandError ? error.exitCode : -1),
    );
  expect(await code(commands.createUser(run({ name: 'x', email: 'no address', role: 'admin', locale: 'ru' })))).toBe(2);
  expect(await code(commands.createUser(run({ name: 'x', email: 'x@example.com', role: 'king', locale: 'ru' })))).toBe(
    2,
  );
  expect(await code(commands.createUser(run({ email: 'x@example.com', role: 'admin' })))).toBe(2);
  expect(await code(commands.resetPassword(run({}, 'nobody@example.com')))).toBe(1);
  expect(await code(commands.revokeKey(run({}, '1')))).toBe(2);
  expect(declaredCommands().map(({ spec }) => spec.name)).toEqual(
    expect.arrayContaining(['user create', 'user reset-password', 'apikey create', 'apikey revoke']),
  );
});

it('the demo people are made once and can sign in', async () => {
  const services = { employees: api.get(Employees), teams: api.get(Teams) };
  const first = await seedPeople(services, api.system);
  expect(await seedPeople(services, api.system)).toEqual(first);
  const { body } = await signIn('developer@opora.demo', DEMO_PASSWORD).expect(200);
  expect(body).toMatchObject({
    mustChangePassword: false,
    me: { teams: [{ line: 3 }], mayWriteToClients: false, seesClientContacts: false },
  });
  const lines = first.employees.map(({ team }) => team);
  expect(new Set(lines).size).toBe(6);
});
