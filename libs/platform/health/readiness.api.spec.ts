import { Module } from '@nestjs/common';
import { startApi, type TestApi } from '../testing';

@Module({})
class NothingModule {}

describe('readiness', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(NothingModule);
  });
  afterAll(() => api.close());

  it('O-07: a database that does not answer is told within seconds, and its return at once', async () => {
    await api.http.get('/readyz').expect(200);
    const runner = api.db.source.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE migration IN ACCESS EXCLUSIVE MODE');
    const began = Date.now();
    const { body } = await api.http.get('/readyz').timeout(10_000).expect(503);
    expect(body).toMatchObject({ status: 'unavailable', checks: { database: 'ok', schema: 'not reachable' } });
    expect(Date.now() - began).toBeLessThan(6000);
    await runner.rollbackTransaction();
    await runner.release();
    await api.http.get('/readyz').expect(200);
  });
});
