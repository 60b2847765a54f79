import { startApi, type TestApi } from '@opora/platform/testing';
import { anEmployee } from '@opora/testing/people';
import { aCompany } from '@opora/testing/clients';
import { PlanningModule } from './planning.module';
let api: TestApi;
beforeAll(async () => {
  api = await startApi(PlanningModule);
});
afterAll(() => api.close());
it('explains', async () => {
  const lead = await anEmployee(api, { role: 'admin' });
  const company = await aCompany(api);
  const q = (sql: string, p: unknown[] = []) => api.db.query<Record<string, string>>(api.system, sql, p);
  await q(
    `INSERT INTO service_object (id, "companyId", path, name, kind, "externalIds", "searchText", "fieldVersions", version, "createdAt") SELECT gen_random_uuid(), $1, '{}', 'O' || i, 'shop', '{}', '', '{}', 1, now() FROM generate_series(1, 300) i`,
    [company.id],
  );
  await q(`UPDATE service_object SET path = ARRAY[id]`);
  const manager = api.db.source.manager as unknown as { query: (...a: unknown[]) => Promise<unknown> };
  const proto = Object.getPrototypeOf(api.db) as { query: (...a: never[]) => Promise<unknown> };
  const own = proto.query;
  proto.query = async function (this: unknown, ...a: never[]) {
    const t0 = performance.now();
    try {
      return await own.apply(this, a);
    } finally {
      const ms = performance.now() - t0;
      if (ms > 100) console.log(Math.round(ms), String(a[1]).slice(0, 160));
    }
  };
  void manager;
  const t0 = performance.now();
  const { body } = await api
    .as(lead)
    .post('/planned-tickets')
    .send({
      name: 'P',
      ticket: { subject: 'x' },
      rule: { rrule: 'FREQ=DAILY', dtstart: '2026-01-01T09:00', timeZone: 'UTC' },
      objects: { mode: 'filter', companyIds: [company.id] },
    });
  console.log('create', Math.round(performance.now() - t0), body.id);
}, 120000);
