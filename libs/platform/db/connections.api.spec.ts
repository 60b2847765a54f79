import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { templateDatabase } from '../testing/database';
import { makeDataSource } from './data-source';

describe('connections', () => {
  it('O-07: one that breaks at the moment it is handed out breaks nothing else', async () => {
    const database = await templateDatabase();
    const source = await makeDataSource(database.url, 1).initialize();
    try {
      const pool = (source.driver as PostgresDriver).master as Pool;
      const outcome = await new Promise<unknown>((done) => {
        pool.connect((_, client, release) => {
          try {
            // The server's last words can arrive together with the answer before them: then nobody listens yet.
            client?.emit('error', new Error('terminating connection due to unexpected postmaster exit'));
            done('goes on');
          } catch (error) {
            done(error);
          } finally {
            release(true);
          }
        });
      });
      expect(outcome).toBe('goes on');
      await expect(source.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    } finally {
      await source.destroy();
      await database.drop();
    }
  });
});
