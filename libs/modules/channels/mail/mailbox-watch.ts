import { type Ctx, systemContext } from '@opora/platform/context';
import { log } from '@opora/platform/log';
import { failPoint } from '@opora/platform/settings';
import { ImapFlow } from 'imapflow';
import { type Intake, LARGEST_MAIL } from '../intake.service';
import type { ImapAccount } from '../mailbox.entity';
import type { MailboxState } from '../mailbox-state.service';
import { imapOptions, type OpenAccount, wordsOf } from './mail-account-check';

/** A connection is renewed even when it looks well: some die without a word. */
export const PACE = {
  pollMs: 60_000,
  answersWithinMs: 20_000,
  fetchedWithinMs: 120_000,
  renewMs: 5 * 60_000,
  retryMs: [2000, 5000, 10_000, 20_000],
};
const LEASE_MS = 20_000;
const MOST_TRIES = 4;

export type WatchedMailbox = { id: string; address: string; account: OpenAccount<ImapAccount> };

/**
 * Fetches one mailbox. The position moves only together with the row that holds the bytes; the folder is opened read-only, so
 * nothing on the server changes. IDLE tells of new mail at once, a poll every minute is the net under it.
 */
export class MailboxWatch {
  private client?: ImapFlow;
  private stopped = false;
  private failures = 0;
  private running?: Promise<void>;
  private wake?: () => void;
  private isNudged = false;
  private readonly tries = new Map<string, number>();

  constructor(
    private readonly intake: Intake,
    private readonly state: MailboxState,
    private readonly processId: string,
    private readonly mailbox: WatchedMailbox,
    private readonly pace: typeof PACE,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.nudge();
    this.client?.close();
    await this.running;
    await this.state.release(this.mailbox.id, this.processId).catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        if (await this.state.lease(this.mailbox.id, this.processId)) await this.session();
        else await this.rest(LEASE_MS);
        this.failures = 0;
      } catch (error) {
        if (this.stopped) return;
        const words = wordsOf(error);
        log.warn({ mailbox: this.mailbox.address, err: words }, 'mailbox could not be fetched');
        await this.state.noteError(this.mailbox.id, words).catch(() => undefined);
        await this.rest(this.pace.retryMs[Math.min(this.failures, this.pace.retryMs.length - 1)] ?? LEASE_MS);
        this.failures += 1;
      } finally {
        this.client?.close();
        this.client = undefined;
      }
    }
  }

  /** One connection, from sign-in to its renewal. */
  private async session(): Promise<void> {
    const client = new ImapFlow({
      ...imapOptions(this.mailbox.account),
      autoIdleDelay: 1000,
      maxIdleTime: this.pace.pollMs,
      socketTimeout: this.pace.renewMs,
    });
    this.client = client;
    let broken: Error | undefined;
    client.on('error', (error: Error) => {
      broken = error;
      this.nudge();
    });
    client.on('close', () => this.nudge());
    client.on('exists', () => this.nudge());
    await within(this.pace.answersWithinMs * 2, 'sign-in', client.connect());
    const folder = await within(
      this.pace.answersWithinMs,
      'opening the folder',
      client.mailboxOpen(this.mailbox.account.folder, { readOnly: true }),
    );
    const uidValidity = String(folder.uidValidity);
    for (const end = Date.now() + this.pace.renewMs; Date.now() < end && !this.stopped;) {
      await this.fetchNew(client, uidValidity);
      await this.state.noteSeen(this.mailbox.id);
      await this.restLeased(this.pace.pollMs);
      if (broken) throw broken;
      // Also the proof that the connection lives: IDLE may have died silently.
      if (!this.stopped) await within(this.pace.answersWithinMs, 'the poll', client.noop());
    }
  }

  private async fetchNew(client: ImapFlow, uidValidity: string): Promise<void> {
    const position = await this.state.lease(this.mailbox.id, this.processId);
    if (!position) return;
    const isRescan = position.uidValidity !== uidValidity;
    const after = isRescan ? 0n : BigInt(position.lastUid ?? 0);
    const found = await within(
      this.pace.answersWithinMs * 3,
      'the search',
      client.search({ uid: `${after + 1n}:*` }, { uid: true }),
    );
    // No list is a failed search and not an empty folder.
    if (!Array.isArray(found)) throw new Error('the server gave no list of messages');
    const uids = found.filter((uid) => BigInt(uid) > after).sort((a, b) => a - b);
    let renewed = Date.now();
    for (const uid of uids) {
      if (this.stopped) return;
      await this.take(client, uidValidity, String(uid), isRescan || position.uidValidity === null);
      if (Date.now() - renewed < LEASE_MS) continue;
      if (!(await this.state.lease(this.mailbox.id, this.processId))) return;
      renewed = Date.now();
    }
    if (isRescan && !uids.length) await this.state.advance(this.ctx, this.mailbox.id, uidValidity, '0');
  }

  private async take(client: ImapFlow, uidValidity: string, uid: string, isRescan: boolean): Promise<void> {
    const { id: mailboxId } = this.mailbox;
    const mail = await this.download(client, uid);
    failPoint('imap.after-fetch');
    if (mail === 'gone') return this.state.advance(this.ctx, mailboxId, uidValidity, uid);
    if (mail === 'again') throw new Error(`message ${uid} could not be read, trying again`);
    const place = { mailboxId, uidValidity, uid };
    if (typeof mail === 'object')
      await this.intake.acceptFromMailbox(this.ctx, mail.source, this.mailbox.address, place, isRescan);
    else await this.intake.noteUnfetched(this.ctx, this.mailbox.address, place, mail);
    failPoint('imap.after-commit');
  }

  /** The message; or that it is gone, too large, unreadable after several tries, or to be tried again. */
  private async download(
    client: ImapFlow,
    uid: string,
  ): Promise<{ source: Buffer } | 'gone' | 'tooLarge' | 'unreadableOnServer' | 'again'> {
    const tries = (this.tries.get(uid) ?? 0) + 1;
    this.tries.set(uid, tries);
    if (this.tries.size > 1000) this.tries.clear();
    if (tries > MOST_TRIES) return 'unreadableOnServer';
    const facts = await within(
      this.pace.answersWithinMs,
      'the size',
      client.fetchOne(uid, { size: true, uid: true }, { uid: true }),
    );
    if (!facts) return this.isGone(client, uid);
    if ((facts.size ?? 0) > LARGEST_MAIL * 2) return 'tooLarge';
    const message = await within(
      this.pace.fetchedWithinMs,
      'a message',
      client.fetchOne(uid, { source: true, uid: true }, { uid: true }),
    );
    if (!message || !message.source) return this.isGone(client, uid);
    this.tries.delete(uid);
    return { source: message.source };
  }

  private async isGone(client: ImapFlow, uid: string): Promise<'gone' | 'again'> {
    const found = await within(this.pace.answersWithinMs, 'the search', client.search({ uid }, { uid: true }));
    return Array.isArray(found) && !found.includes(Number(uid)) ? 'gone' : 'again';
  }

  private get ctx(): Ctx {
    return systemContext(`mailbox ${this.mailbox.address}`);
  }

  private nudge(): void {
    this.isNudged = true;
    this.wake?.();
  }

  /** Waits for new mail, renewing the lease meanwhile. */
  private async restLeased(ms: number): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end && !this.isNudged && !this.stopped;) {
      await this.rest(Math.min(LEASE_MS, end - Date.now()));
      await this.state.lease(this.mailbox.id, this.processId);
    }
    this.isNudged = false;
  }

  private rest(ms: number): Promise<void> {
    if (this.isNudged || this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A server that does not answer is a broken connection. */
async function within<Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer to ${what} within ${ms / 1000} s`)), ms);
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
