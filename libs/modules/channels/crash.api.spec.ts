import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { sha256 } from './intake.service';
import { aMail, freePort, sendBySmtp } from './testing';

const ROOT = join(__dirname, '../../..');
const POINTS = [
  'intake.before-commit',
  'intake.after-commit',
  'intake.after-parse',
  'intake.before-end',
  'intake.after-end',
];
const KILLS = 2;

describe('F1: a process that dies at any moment', () => {
  let api: TestApi;
  let home: string;
  let port: number;
  let child: ChildProcess | undefined;
  /** Every mail that was sent, and whether the sender was told that we have it. */
  const sent = new Map<string, boolean>();

  beforeAll(async () => {
    api = await startApi(ChannelsModule);
    home = mkdtempSync(join(tmpdir(), 'opora-crash-'));
    port = await freePort();
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await api.close();
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (failPoint?: string): Promise<void> => {
    const { url } = api.db.source.options as { url: string };
    const env = {
      ...process.env,
      DATABASE_URL: url,
      OPORA_HOME: home,
      OPORA_SMTP_PORT: String(port),
      OPORA_TEST_MODE: '1',
      ...(failPoint ? { OPORA_FAIL_POINT: failPoint } : {}),
    };
    const started = spawn(
      process.execPath,
      ['-r', join(ROOT, 'tools/swc-register.cjs'), join(__dirname, 'worker-process.testing.ts')],
      { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child = started;
    await new Promise<void>((resolve) => {
      started.stdout.once('data', () => resolve());
      started.once('exit', () => resolve());
    });
  };
  const died = (): Promise<void> =>
    new Promise((resolve) =>
      child?.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve()),
    );
  /** Sends as a mail server does: what was not acknowledged stays with the sender, who tries again later. */
  const send = async (raw: Buffer): Promise<void> => {
    const answer = await sendBySmtp(port, raw).catch((error: unknown) => String(error));
    sent.set(raw.toString('latin1'), answer.startsWith('250') || (sent.get(raw.toString('latin1')) ?? false));
  };
  const some = (mark: string, count: number): Buffer[] =>
    Array.from({ length: count }, (_, index) => aMail({ from: `${mark}@client.test`, body: `${mark} ${index}` }));

  it('loses no mail and doubles none', async () => {
    for (const point of POINTS) {
      await start(point);
      await Promise.all(some(point.replace('.', '-'), 4).map(send));
      await Promise.race([died(), new Promise((resolve) => setTimeout(resolve, 10_000))]);
      expect([point, child?.signalCode]).toEqual([point, 'SIGKILL']);
    }
    for (let kill = 0; kill < KILLS; kill += 1) {
      await start();
      const sending = Promise.all(some(`kill-${kill}`, 30).map(send));
      await new Promise((resolve) => setTimeout(resolve, 150 + kill * 60));
      child?.kill('SIGKILL');
      await died();
      await sending;
    }
    await start();
    const unacknowledged = [...sent].filter(([, isKept]) => !isKept).map(([raw]) => Buffer.from(raw, 'latin1'));
    for (const raw of unacknowledged) await send(raw);
    expect([...sent.values()].every(Boolean)).toBe(true);
    for (const end = Date.now() + 90_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 300))) {
      const [row] = await api.db.query<{ waiting: number }>(
        api.system,
        `SELECT count(*)::int AS waiting FROM intake_message WHERE state = 'received'`,
      );
      if (!row?.waiting) break;
    }
    const rows = await api.db.query<{ sha256: string; state: string; ticketId: string; raw: Buffer }>(
      api.system,
      `SELECT sha256, state, "ticketId", raw FROM intake_message`,
    );
    expect([...new Set(rows.map((row) => row.sha256))].sort()).toEqual(
      [...sent.keys()].map((raw) => sha256(Buffer.from(raw, 'latin1'))).sort(),
    );
    expect(rows.every((row) => sha256(row.raw) === row.sha256)).toBe(true);
    expect(new Set(rows.map(({ state }) => state))).toEqual(
      new Set(['ticket_created', ...(rows.some(({ state }) => state === 'duplicate') ? ['duplicate'] : [])]),
    );
    const created = rows.filter(({ state }) => state === 'ticket_created');
    expect(created).toHaveLength(sent.size);
    const [{ tickets } = { tickets: 0 }] = await api.db.query<{ tickets: number }>(
      api.system,
      `SELECT count(*)::int AS tickets FROM ticket`,
    );
    expect(tickets).toBe(sent.size);
    expect(new Set(created.map(({ ticketId }) => ticketId)).size).toBe(sent.size);
  }, 240_000);
});
