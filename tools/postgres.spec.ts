import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Runs a script with `startPostgres`, `describePostgres`, `fs`, `pg` and `home` at hand; answers what it printed as JSON. */
function run(home: string, script: string): unknown {
  const source = `
    import fs from 'node:fs';
    import { spawn } from 'node:child_process';
    import pg from 'pg';
    import { describePostgres, startPostgres } from ${JSON.stringify(pathToFileURL(join(__dirname, 'postgres.mjs')).href)};
    const home = ${JSON.stringify(home)};
    const query = async (url, sql) => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      try { return (await client.query(sql)).rows; } finally { await client.end().catch(() => undefined); }
    };
    const died = (child) => new Promise((done) => child.once('exit', done));
    ${script}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: __dirname,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('the embedded PostgreSQL', () => {
  let home: string;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'opora-pg-'));
    chmodSync(home, 0o755);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is durable, sorts Russian and lets nobody in without the password', () => {
    const answer = run(
      home,
      `const server = await startPostgres({ home });
       const [facts] = await query(server.url, "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, 'Ёж' < 'Жук' as sorted, rolsuper from pg_roles where rolname = current_user");
       const stranger = await query(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1').then(() => 'in', (error) => error.code);
       await server.stop();
       console.log(JSON.stringify({ ...facts, stranger }))`,
    );
    expect(answer).toEqual({ fsync: 'on', commit: 'on', sorted: true, rolsuper: false, stranger: '28P01' });
  }, 30_000);

  it('keeps every acknowledged row through kill -9, on the same port', () => {
    const answer = run(
      home,
      `let server = await startPostgres({ home });
       const { port } = server;
       await query(server.url, 'create table survivor (n int)');
       for (let round = 0; round < 3; round++) {
         for (let n = 0; n < 20; n++) await query(server.url, 'insert into survivor values (' + n + ')');
         const gone = died(server.child);
         process.kill(server.pid, 'SIGKILL');
         await gone;
         server = await startPostgres({ home });
       }
       const [{ count }] = await query(server.url, 'select count(*)::int as count from survivor');
       await server.stop();
       console.log(JSON.stringify({ count, samePort: server.port === port }))`,
    );
    expect(answer).toEqual({ count: 60, samePort: true });
  }, 60_000);

  it('stops the server that a killed run left behind', () => {
    const answer = run(
      home,
      `const old = await startPostgres({ home });
       const gone = died(old.child);
       const fresh = await startPostgres({ home });
       await gone;
       const rows = await query(fresh.url, 'select 1 as one');
       await fresh.stop();
       console.log(JSON.stringify({ rows, another: old.pid !== fresh.pid, left: describePostgres(home).running ?? null }))`,
    );
    expect(answer).toEqual({ rows: [{ one: 1 }], another: true, left: null });
  }, 30_000);

  it('does not take a stranger with a recycled pid for its server', () => {
    const answer = run(
      home,
      `const stranger = spawn('sleep', ['60']);
       const { data } = describePostgres(home);
       fs.writeFileSync(data + '/postmaster.pid', stranger.pid + '\\n' + data + '\\n1\\n1\\n\\n127.0.0.1\\n');
       const server = await startPostgres({ home });
       const alive = stranger.exitCode === null && stranger.signalCode === null;
       stranger.kill();
       await server.stop();
       console.log(JSON.stringify({ alive }))`,
    );
    expect(answer).toEqual({ alive: true });
  }, 30_000);
});
