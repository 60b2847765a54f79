import { Client } from 'pg';
import { templateDatabase } from '../testing/database';
import { migrate } from './migrate';

describe('bringing the schema up', () => {
  it('O-05: a change of a large table may take longer than any request', async () => {
    const database = await templateDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(`
        ALTER TABLE outbox DROP COLUMN depth;
        DELETE FROM migration WHERE name = 'OutboxDepth1767225600600';
        CREATE TABLE patience (milliseconds text);
        CREATE FUNCTION note_patience() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN INSERT INTO patience VALUES (current_setting('statement_timeout')); RETURN NEW; END $$;
        CREATE TRIGGER note_patience BEFORE INSERT ON migration FOR EACH ROW EXECUTE FUNCTION note_patience();`);
      const { applied } = await migrate(database.url);
      expect(applied).toEqual(['OutboxDepth1767225600600']);
      expect((await client.query('SELECT milliseconds FROM patience')).rows).toEqual([{ milliseconds: '0' }]);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
