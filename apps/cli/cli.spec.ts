import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClonedDatabase, templateDatabase } from '@opora/platform/testing';
import { rereadSettings } from '@opora/platform/settings';
import { Client } from 'pg';
import { runProgram } from './program';

type Answer = { code: number; json: Record<string, unknown>; text: string };

describe('O-02: the admin CLI', () => {
  let database: ClonedDatabase;
  let home: string;

  const opora = async (...words: string[]): Promise<Answer> => {
    const written: string[] = [];
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((chunk) => (written.push(String(chunk)), true)),
    );
    const code = await runProgram(['node', 'opora', ...words]).finally(() => spies.forEach((spy) => spy.mockRestore()));
    const text = written.join('');
    return {
      code,
      text,
      json: text.trim().startsWith('{')
        ? (JSON.parse(text.trim().split('\n').pop() ?? '{}') as Record<string, unknown>)
        : {},
    };
  };
  const sql = async (text: string) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(text);
    await client.end();
    return rows;
  };

  beforeAll(async () => {
    database = await templateDatabase();
    home = mkdtempSync(join(tmpdir(), 'opora-cli-'));
    // eslint-disable-next-line no-restricted-properties -- the CLI reads its environment
    Object.assign(process.env, { DATABASE_URL: database.url, OPORA_HOME: home, OPORA_SMTP_PORT: '0', REDIS_URL: '' });
    rereadSettings();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  it('O-02: doctor finds nothing wrong with a fresh installation but that a test cluster does not sync', async () => {
    const { code, json } = await opora('doctor', '--json');
    const findings = json.findings as { check: string; severity: string }[];
    expect(findings.filter(({ severity }) => severity === 'error').map(({ check }) => check)).toEqual(['durability']);
    expect(code).toBe(1);
  });

  it('O-02: migrate has nothing to do on a migrated database, and says so', async () => {
    expect(await opora('migrate', '--plan', '--json')).toMatchObject({ code: 0, json: { pending: [] } });
    expect(await opora('migrate', '--json')).toMatchObject({ code: 0, json: { applied: [] } });
  });

  it('O-02: wrong usage is exit code 2', async () => {
    expect((await opora('outbox', 'retry')).code).toBe(2);
    expect((await opora('no-such-command')).code).toBe(2);
    expect((await opora('outbox', 'list', '--state', 'lost')).code).toBe(2);
  });

  it('O-02: a dry run says what would happen and changes nothing', async () => {
    const id = '01890000-0000-7000-8000-00000000000a';
    await sql(
      `INSERT INTO outbox (id, "eventId", name, handler, payload, state, "dueAt", "createdAt", attempts) VALUES ('${id}', '${id}', 'x', 'y', '{}', 'dead', now(), now(), 9)`,
    );
    expect(await opora('outbox', 'retry', 'all', '--dry-run', '--json')).toMatchObject({
      code: 0,
      json: { dryRun: true, retried: [id] },
    });
    expect(await sql(`SELECT state FROM outbox WHERE id = '${id}'`)).toEqual([{ state: 'dead' }]);
    expect(await opora('outbox', 'retry', id, '--json')).toMatchObject({ code: 0, json: { retried: [id] } });
    expect(await sql(`SELECT state FROM outbox WHERE id = '${id}'`)).toEqual([{ state: 'pending' }]);
  });

  describe('O-03: backup and restore', () => {
    it('O-03: a backup is proved by restoring it, and restores the same rows', async () => {
      const folder = join(home, 'backup');
      const made = await opora('backup', folder, '--json');
      expect(made).toMatchObject({ code: 0, json: { verified: true } });
      expect(await opora('restore', folder, '--verify', '--json')).toMatchObject({
        code: 0,
        json: { rows: made.json.rows, verified: true },
      });
    });

    it('O-03: a damaged backup is found out', async () => {
      const folder = join(home, 'damaged');
      await opora('backup', folder, '--no-verify', '--json');
      const manifest = readFileSync(join(folder, 'manifest.json'), 'utf8');
      writeFileSync(join(folder, 'manifest.json'), manifest.replace(/"sha256": "../, '"sha256": "zz'));
      expect(await opora('restore', folder, '--verify')).toMatchObject({
        code: 1,
        text: expect.stringContaining('differs after the restore'),
      });
    });

    it('O-03: never fills a database that is not empty', async () => {
      expect(await opora('restore', join(home, 'backup'))).toMatchObject({
        code: 1,
        text: expect.stringContaining('not empty'),
      });
    });
  });

  it('O-02: a mailbox is added with its password from a file, which is never shown', async () => {
    writeFileSync(join(home, 'password'), 'hunter2-secret\n');
    const words = [
      'mailbox',
      'add',
      '--name',
      'Поддержка',
      '--address',
      'help@opora.test',
      '--imap',
      '127.0.0.1:1',
      '--password-file',
      join(home, 'password'),
      '--json',
    ];
    const added = await opora(...words);
    expect(added).toMatchObject({
      code: 0,
      json: { mailbox: { address: 'help@opora.test', imap: { host: '127.0.0.1', port: 1, secure: false } } },
    });
    expect(added.text).not.toContain('hunter2');
    expect(JSON.stringify(await sql('SELECT imap FROM mailbox'))).not.toContain('hunter2');
    expect((await opora('mailbox', 'test', (added.json.mailbox as { id: string }).id)).code).not.toBe(0);
    expect((await opora('mailbox', 'add', '--name', 'x', '--address', 'no address')).code).toBe(2);
  });

  it('O-02: a mail taken from a file waits in the journal with the same bytes, and can be read again', async () => {
    const raw = Buffer.from(
      'From: a@b.example\r\nTo: help@opora.test\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n\r\nтекст',
      'utf8',
    );
    writeFileSync(join(home, 'one.eml'), raw);
    const { code, json } = await opora('mail', 'import', join(home, 'one.eml'), '--json');
    expect(code).toBe(0);
    expect(await sql(`SELECT state, size::int AS size FROM intake_message WHERE id = '${String(json.id)}'`)).toEqual([
      { state: 'received', size: raw.length },
    ]);
    expect((await opora('mail', 'replay', String(json.id), '--json')).json).toMatchObject({ state: 'received' });
    expect((await opora('mail', 'replay', 'nonsense')).code).toBe(2);
    expect((await opora('mail', 'import', join(home, 'absent.eml'))).code).toBe(1);
  });

  it('O-02: an absent database is exit code 3', async () => {
    // eslint-disable-next-line no-restricted-properties -- the CLI reads its environment
    process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none';
    rereadSettings();
    expect((await opora('outbox', 'list')).code).toBe(3);
  });
});
