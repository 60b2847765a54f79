import { Module } from '@nestjs/common';
import { startApi, type TestApi } from '@opora/platform/testing';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Intake, sha256 } from '../intake.service';
import { MailboxState } from '../mailbox-state.service';
import { Mailboxes } from '../mailboxes.service';
import { aMail, type Dovecot, freePort, hasDovecot, startDovecot } from '../testing';
import { ImapFetcher } from './imap-fetcher';
import { PACE } from './mailbox-watch';

@Module({ providers: [Intake, MailboxState, Mailboxes, ImapFetcher], exports: [Intake] })
class FetchingAlone {}

/** A way to the server that can be cut, or fall silent. */
class Proxy {
  private readonly sockets = new Set<Socket>();
  private silent = new Set<Socket>();
  private server?: Server;

  async start(target: number): Promise<number> {
    const port = await freePort();
    this.server = createServer((client) => {
      const upstream = connect(target, '127.0.0.1');
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        this.sockets.add(from);
        from.on('data', (chunk) => (this.silent.has(from) ? undefined : to.write(chunk)));
        from.on('error', () => undefined);
        from.on('close', () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => this.server?.listen(port, '127.0.0.1', resolve));
    return port;
  }
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }
  /** The connections of this moment carry nothing any more, and nobody is told. */
  silence(): void {
    this.silent = new Set(this.sockets);
  }
  close(): void {
    this.cut();
    this.server?.close();
  }
}

const maybe = hasDovecot() ? describe : describe.skip;

maybe('fetching by IMAP (skipped without dovecot)', () => {
  let api: TestApi;
  let dovecot: Dovecot;
  let proxy: Proxy;
  let fetchers: ImapFetcher[] = [];
  let mailboxId: string;

  beforeAll(async () => {
    api = await startApi(FetchingAlone);
    dovecot = await startDovecot();
    proxy = new Proxy();
    const port = await proxy.start(dovecot.port);
    const imap = { host: '127.0.0.1', port, secure: false, user: dovecot.user, password: dovecot.password };
    mailboxId = (await api.get(Mailboxes).create(api.system, { name: 'Почта', address: 'support@opora.test', imap }))
      .id;
  }, 60_000);
  afterAll(async () => {
    await Promise.all(fetchers.map((fetcher) => fetcher.onModuleDestroy()));
    await api.close();
    proxy.close();
    await dovecot.close();
  }, 60_000);

  const fetcher = (): ImapFetcher => {
    const one = new ImapFetcher(api.get(Intake), api.get(Mailboxes), api.get(MailboxState));
    one.pace = { ...PACE, pollMs: 3000, answersWithinMs: 2000, retryMs: [500] };
    fetchers.push(one);
    one.start();
    return one;
  };
  const kept = async (mails: Buffer[]): Promise<number> => {
    const [row] = await api.db.query<{ count: number }>(
      api.system,
      `SELECT count(*)::int AS count FROM intake_message WHERE sha256 = ANY($1) AND size > 0`,
      [mails.map(sha256)],
    );
    return row?.count ?? 0;
  };
  const until = async (check: () => Promise<boolean>, seconds = 30): Promise<void> => {
    for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
      if (await check()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('not in time');
  };
  const some = (count: number, mark: string): Buffer[] =>
    Array.from({ length: count }, (_, index) =>
      aMail({ 'message-id': index % 3 ? undefined : null, body: `${mark} ${index}` }),
    );

  it('F5: two fetchers keep each of the mails that were there once, byte for byte', async () => {
    const mails = some(100, 'before');
    mails.forEach((raw) => dovecot.deliver(raw));
    fetcher();
    fetcher();
    await until(async () => (await kept(mails)) === 100);
    const raws = await api.db.query<{ raw: Buffer }>(
      api.system,
      `SELECT raw FROM intake_message WHERE "mailboxId" = $1`,
      [mailboxId],
    );
    expect(raws.map(({ raw }) => sha256(raw)).sort()).toEqual(mails.map(sha256).sort());
  }, 60_000);

  it('hears of new mail at once', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const [mail] = some(1, 'idle');
    dovecot.deliver(mail!);
    await until(async () => (await kept([mail!])) === 1, 10);
  }, 30_000);

  it('F2: changes nothing on the server', async () => {
    const [row] = await api.db.query<{ seen: number }>(
      api.system,
      `SELECT count(*)::int AS seen FROM intake_message WHERE "mailboxId" = $1`,
      [mailboxId],
    );
    const { ImapFlow } = await import('imapflow');
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.port,
      secure: false,
      auth: { user: dovecot.user, pass: dovecot.password },
      logger: false,
    });
    await client.connect();
    const folder = await client.status('INBOX', { messages: true, unseen: true });
    client.close();
    expect(folder).toMatchObject({ messages: row?.seen, unseen: row?.seen });
  });

  it('F4: loses nothing when the connection is cut while mail arrives', async () => {
    const mails = some(60, 'cut');
    for (const [index, raw] of mails.entries()) {
      dovecot.deliver(raw);
      if (index % 10 === 5) proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await until(async () => (await kept(mails)) === 60, 60);
  }, 90_000);

  it('F4: finds out that a connection is dead although it is open', async () => {
    proxy.silence();
    const mails = some(3, 'silence');
    mails.forEach((raw) => dovecot.deliver(raw));
    await until(async () => (await kept(mails)) === 3, 30);
  }, 60_000);

  it('F4: takes a folder that was numbered anew for what it is', async () => {
    const old = some(5, 'renumbered');
    old.forEach((raw) => dovecot.deliver(raw));
    await until(async () => (await kept(old)) === 5, 60);
    await dovecot.stop();
    dovecot.recreate();
    const fresh = some(5, 'anew');
    [...old, ...fresh].forEach((raw) => dovecot.deliver(raw));
    await dovecot.start();
    await until(async () => (await kept(fresh)) === 5, 60);
    expect(await kept(old)).toBe(5);
  }, 120_000);

  it('notes what is wrong, and that it is well again', async () => {
    await dovecot.stop();
    await until(async () => (await api.get(Mailboxes).get(api.system, mailboxId)).lastError !== null, 90);
    await dovecot.start();
    await until(async () => (await api.get(Mailboxes).get(api.system, mailboxId)).lastError === null, 60);
  }, 160_000);

  it('stops when the mailbox is taken out of use', async () => {
    await api.get(Mailboxes).archive(api.system, mailboxId);
    await Promise.all(fetchers.map((fetcher) => fetcher.look()));
    const [mail] = some(1, 'after');
    dovecot.deliver(mail!);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await kept([mail!])).toBe(0);
    fetchers = [...fetchers];
  }, 30_000);
});
