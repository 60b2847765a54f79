import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { systemContext } from '@opora/platform/context';
import { log } from '@opora/platform/log';
import { Intake } from '../intake.service';
import { Mailboxes } from '../mailboxes.service';
import { MailboxState } from '../mailbox-state.service';
import { MailboxWatch, PACE } from './mailbox-watch';

const LOOK_MS = 10_000;

/** Keeps one watch over each mailbox in use. Mailboxes that are added, changed or taken out are noticed within seconds. */
@Injectable()
export class ImapFetcher implements OnModuleDestroy {
  private readonly watches = new Map<string, { key: string; watch: MailboxWatch }>();
  private readonly processId = randomUUID();
  private timer?: NodeJS.Timeout;
  /** How patient the watches are. */
  pace = PACE;
  private stopped = false;

  constructor(
    private readonly intake: Intake,
    private readonly mailboxes: Mailboxes,
    private readonly state: MailboxState,
  ) {}

  start(): void {
    void this.look();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.all([...this.watches.values()].map(({ watch }) => watch.stop()));
  }

  /** Starts and stops watches after the table. */
  async look(): Promise<void> {
    try {
      const wanted = (await this.mailboxes.active(systemContext('imap'))).flatMap(({ id, address, imap }) =>
        imap ? [{ id, address, imap }] : [],
      );
      for (const [id, { key, watch }] of this.watches) {
        if (wanted.some((mailbox) => mailbox.id === id && JSON.stringify(mailbox.imap) === key)) continue;
        this.watches.delete(id);
        await watch.stop();
      }
      for (const { id, address, imap } of wanted) {
        if (this.watches.has(id) || this.stopped) continue;
        const watch = new MailboxWatch(
          this.intake,
          this.state,
          this.processId,
          { id, address, account: { ...imap, password: this.mailboxes.open(imap) } },
          this.pace,
        );
        this.watches.set(id, { key: JSON.stringify(imap), watch });
        watch.start();
      }
    } catch (error) {
      log.warn({ err: String(error) }, 'mailboxes could not be read');
    }
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }
}
