import { Injectable } from '@nestjs/common';
import { Clock, type Ctx, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Live } from '@opora/platform/live';

const LEASE_SECONDS = 60;

export type FolderPosition = { uidValidity: string | null; lastUid: string | null };

/** How far a mailbox has been fetched and which process fetches it. */
@Injectable()
export class MailboxState {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  /** Takes or renews the right to fetch. A process that died loses it after a minute. */
  async lease(mailboxId: string, processId: string): Promise<FolderPosition | undefined> {
    const [row] = await this.db.query<FolderPosition>(
      systemContext('imap'),
      `UPDATE mailbox SET "leasedBy" = $2, "leasedUntil" = now() + make_interval(secs => $3)
       WHERE id = $1 AND "isActive" AND ("leasedBy" = $2 OR "leasedUntil" IS NULL OR "leasedUntil" < now())
       RETURNING "uidValidity", "lastUid"`,
      [mailboxId, processId, LEASE_SECONDS],
    );
    return row;
  }

  async release(mailboxId: string, processId: string): Promise<void> {
    await this.db.query(
      systemContext('imap'),
      `UPDATE mailbox SET "leasedUntil" = NULL WHERE id = $1 AND "leasedBy" = $2`,
      [mailboxId, processId],
    );
  }

  /** Moves the position on; never back within one UIDVALIDITY. */
  async advance(ctx: Ctx, mailboxId: string, uidValidity: string, uid: string): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE mailbox SET "uidValidity" = $2, "lastUid" = CASE WHEN "uidValidity" = $2 THEN GREATEST("lastUid", $3::bigint) ELSE $3::bigint END WHERE id = $1`,
      [mailboxId, uidValidity, uid],
    );
  }

  async noteSeen(mailboxId: string): Promise<void> {
    const rows = await this.db.query(
      systemContext('imap'),
      `UPDATE mailbox m SET "lastSeenAt" = $2, "lastError" = NULL FROM mailbox before WHERE m.id = $1 AND before.id = $1 AND before."lastError" IS NOT NULL RETURNING 1`,
      [mailboxId, Clock.now()],
    );
    if (rows.length) return this.touch();
    await this.db.query(systemContext('imap'), `UPDATE mailbox SET "lastSeenAt" = $2 WHERE id = $1`, [
      mailboxId,
      Clock.now(),
    ]);
  }

  async noteError(mailboxId: string, error: string): Promise<void> {
    await this.db.query(systemContext('imap'), `UPDATE mailbox SET "lastError" = $2 WHERE id = $1`, [mailboxId, error]);
    this.touch();
  }

  private touch(): void {
    this.live.touch(systemContext('imap'), ['mailboxes'], 'staff');
  }
}
