import { startApi, type TestApi } from '@opora/platform/testing';
import { DomainModule } from './app.module';
import { DemoCommands } from './demo.command';

describe('O-10: demo data', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(DomainModule);
  });
  afterAll(() => api.close());

  const load = () => api.get(DemoCommands).load({ ctx: api.system, args: [], options: { tickets: '60' } });
  const count = async (table: string) =>
    Number((await api.db.query<{ n: string }>(api.system, `SELECT count(*) n FROM ${table}`))[0]?.n);

  it('O-10: makes a company with clients, tickets and conversations through the services, and nobody is told of the past', async () => {
    expect(await load()).toMatchObject({ loaded: true, tickets: 60 });
    expect(await count('company')).toBeGreaterThanOrEqual(30);
    expect(await count('comment')).toBeGreaterThan(60);
    expect(await count('ticket_change')).toBeGreaterThan(100);
    expect(await count('outgoing_mail')).toBe(0);
    expect(await count(`outbox WHERE state = 'pending'`)).toBe(0);
  });

  it('O-10: nothing in the demo lies in the future', async () => {
    expect(await count(`ticket WHERE "createdAt" > now() OR "updatedAt" > now()`)).toBe(0);
    expect(await count(`comment WHERE "createdAt" > now()`)).toBe(0);
  });

  it('O-10: the second load changes nothing', async () => {
    expect(await load()).toEqual({ loaded: false, tickets: 60 });
  });

  it('O-10: the printed accounts can sign in', async () => {
    await api.anonymous
      .post('/auth/sign-in')
      .send({ login: 'dispatcher@opora.demo', password: 'opora-demo' })
      .expect(200);
    await api.anonymous
      .post('/portal/auth/sign-in')
      .send({ login: 'client@retail.demo', password: 'opora-demo' })
      .expect(200);
  });
});
