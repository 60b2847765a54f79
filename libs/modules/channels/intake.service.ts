import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { failPoint } from '@opora/platform/settings';
import { ChannelError } from './channels.errors';
import type { ListIntake } from './intake.dto';
import type { IntakeChannel, IntakeMessage, IntakeState } from './intake-message.entity';
import { MailboxState } from './mailbox-state.service';

/** Nothing larger is taken in. */
export const LARGEST_MAIL = 64 * 1024 * 1024;
const SLICE = 8 * 1024 * 1024;
const MOST_RECIPIENTS = 1000;

export type ArrivedMail = {
  channel: IntakeChannel;
  raw: Buffer;
  envelopeFrom: string | null;
  envelopeTo: readonly string[];
  mailboxId?: string;
  uidValidity?: string;
  uid?: string;
};

/** A message's place on a mail server. */
export type FolderPlace = { mailboxId: string; uidValidity: string; uid: string };

export type IntakeRow = IntakeMessage & { ticketNumber: number | null };

/** Columns of a row without its bytes, over the alias `i`. */
export const INTAKE_COLUMNS = `i.id, i.channel, i."mailboxId", i."uidValidity", i.uid, i."receivedAt", i."envelopeFrom", i."envelopeTo", i.size, i.sha256, i.state, i.reason, i.facts,
  i.attempts, i.failures, i."parsedAt", i.kind, i."messageId", i."contentSha", i."fromAddress", i."fromName", i.subject, i.problem, i."threadIndex", i."threadTopic", i."ticketId",
  i."commentId", i."duplicateOfId"`;

/** The intake journal: every mail that reached us, with its bytes and what became of it. */
@Injectable()
export class Intake {
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly db: Db,
    private readonly mailboxState: MailboxState,
  ) {}

  /** Keeps the bytes: one statement, durable when it returns. Only after this may the sender be told that we have the mail. */
  async accept(ctx: Ctx, mail: ArrivedMail): Promise<string> {
    const id = newId();
    failPoint('intake.before-commit');
    await this.insert(ctx, id, mail, sha256(mail.raw));
    failPoint('intake.after-commit');
    this.tell();
    return id;
  }

  /** Calls the listener when there is something new to read in this process. */
  onArrival(listener: () => void): void {
    this.listeners.add(listener);
  }

  /**
   * Keeps a fetched mail and moves the folder's position on, in one transaction. A second fetcher of the same message changes
   * nothing. In a folder that was numbered anew, mails we already hold are recognised by their bytes.
   */
  async acceptFromMailbox(
    ctx: Ctx,
    raw: Buffer,
    address: string,
    { mailboxId, uidValidity, uid }: FolderPlace,
    isRescan: boolean,
  ): Promise<void> {
    const sha = sha256(raw);
    await this.db.tx(ctx, async (ctx) => {
      const known = isRescan && (await this.renumber(ctx, sha, { mailboxId, uidValidity, uid }));
      if (!known)
        await this.insert(
          ctx,
          newId(),
          { channel: 'imap', raw, envelopeFrom: null, envelopeTo: [address], mailboxId, uidValidity, uid },
          sha,
        );
      await this.mailboxState.advance(ctx, mailboxId, uidValidity, uid);
      failPoint('intake.before-commit');
    });
    failPoint('intake.after-commit');
    this.tell();
  }

  /** Lists a message that the mail server would not give us, so that a person sees it; the fetching goes on behind it. */
  async noteUnfetched(
    ctx: Ctx,
    address: string,
    { mailboxId, uidValidity, uid }: FolderPlace,
    reason: 'tooLarge' | 'unreadableOnServer',
  ): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      await this.db.query(
        ctx,
        `INSERT INTO intake_message (id, channel, "mailboxId", "uidValidity", uid, "receivedAt", "dueAt", "envelopeTo", size, sha256, raw, state, reason, facts)
         VALUES ($1, 'imap', $2, $3, $4, $5, $5, $6, 0, $7, '', 'failed', $8, $9) ON CONFLICT DO NOTHING`,
        [
          newId(),
          mailboxId,
          uidValidity,
          uid,
          ctx.now(),
          [address],
          sha256(Buffer.alloc(0)),
          reason,
          JSON.stringify({ uid }),
        ],
      );
      await this.mailboxState.advance(ctx, mailboxId, uidValidity, uid);
    });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private async insert(ctx: Ctx, id: string, mail: ArrivedMail, sha: string): Promise<void> {
    await this.db.query(
      ctx,
      `INSERT INTO intake_message (id, channel, "mailboxId", "uidValidity", uid, "receivedAt", "dueAt", "envelopeFrom", "envelopeTo", size, sha256, raw)
       VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        id,
        mail.channel,
        mail.mailboxId ?? null,
        mail.uidValidity ?? null,
        mail.uid ?? null,
        ctx.now(),
        storable(mail.envelopeFrom),
        mail.envelopeTo.slice(0, MOST_RECIPIENTS).map((address) => storable(address) ?? ''),
        mail.raw.length,
        sha,
        mail.raw,
      ],
    );
  }

  private async renumber(ctx: Ctx, sha: string, { mailboxId, uidValidity, uid }: FolderPlace): Promise<boolean> {
    const rows = await this.db.query(
      ctx,
      `UPDATE intake_message SET "uidValidity" = $3, uid = $4
       WHERE id = (SELECT id FROM intake_message WHERE sha256 = $1 AND "mailboxId" = $2 AND "uidValidity" IS DISTINCT FROM $3::bigint ORDER BY id LIMIT 1)
         AND NOT EXISTS (SELECT 1 FROM intake_message WHERE "mailboxId" = $2 AND "uidValidity" = $3 AND uid = $4)
       RETURNING id`,
      [sha, mailboxId, uidValidity, uid],
    );
    return rows.length > 0;
  }

  async find(ctx: Ctx, id: string): Promise<IntakeRow | undefined> {
    const [row] = await this.db.query<IntakeRow>(
      ctx,
      `SELECT ${INTAKE_COLUMNS}, t.number AS "ticketNumber" FROM intake_message i LEFT JOIN ticket t ON t.id = i."ticketId" WHERE i.id = $1`,
      [id],
    );
    return row;
  }

  async get(ctx: Ctx, id: string): Promise<IntakeRow> {
    return (await this.find(ctx, id)) ?? raise(ChannelError.messageNotFound());
  }

  async list(ctx: Ctx, { state, q, ticketId, cursor, limit }: ListIntake): Promise<Page<IntakeRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const params = new SqlParams();
    const where = ['true'];
    if (state?.length) where.push(`i.state = ANY(${params.add(state)}::text[])`);
    if (ticketId) where.push(`i."ticketId" = ${params.add(ticketId)}`);
    if (after) where.push(`i.id < ${params.add(after[0])}`);
    if (q) {
      const pattern = params.add(`%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
      where.push(
        `lower(coalesce(i."fromAddress", '') || ' ' || coalesce(i."fromName", '') || ' ' || coalesce(i.subject, '')) LIKE ${pattern}`,
      );
    }
    const rows = await this.db.query<IntakeRow>(
      ctx,
      `SELECT ${INTAKE_COLUMNS}, t.number AS "ticketNumber" FROM intake_message i LEFT JOIN ticket t ON t.id = i."ticketId"
       WHERE ${where.join(' AND ')} ORDER BY i.id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, (row) => keyset(row.id));
  }

  /** How many mails are in each state. */
  async counts(ctx: Ctx): Promise<{ state: IntakeState; count: number }[]> {
    return this.db.query(ctx, `SELECT state, count(*)::int AS count FROM intake_message GROUP BY state`);
  }

  /** The bytes as they came, slice by slice, so that a mail of 60 MB does not become one giant answer of the database. */
  async *readSlices(ctx: Ctx, id: string, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < size || at === 0; at += SLICE) {
      const [row] = await this.db.query<{ slice: Buffer }>(
        ctx,
        `SELECT substring(raw FROM $2 FOR $3) AS slice FROM intake_message WHERE id = $1`,
        [id, at + 1, SLICE],
      );
      yield row?.slice ?? raise(ChannelError.messageNotFound());
    }
  }

  async readRaw(ctx: Ctx, id: string, size: number): Promise<Buffer> {
    const slices: Buffer[] = [];
    for await (const slice of this.readSlices(ctx, id, size)) slices.push(slice);
    return slices.length === 1 ? slices[0]! : Buffer.concat(slices);
  }

  /** Has a mail read again that was held, ignored or failed, or still waits. What already became a ticket stays. */
  async replay(ctx: Ctx, id: string): Promise<IntakeRow> {
    await this.get(ctx, id);
    const [changed] = await this.db.query(
      ctx,
      `UPDATE intake_message SET state = 'received', reason = NULL, facts = '{}', problem = NULL, attempts = 0, failures = 0, "dueAt" = $3, "leasedUntil" = NULL
       WHERE id = $1 AND state = ANY($2::text[]) RETURNING id`,
      [id, REPLAYABLE, ctx.now()],
    );
    if (!changed) throw ChannelError.notReplayable();
    if (ctx.tx) ctx.tx.afterCommit.push(() => this.tell());
    else this.tell();
    return this.get(ctx, id);
  }

  /** Replays every failed mail; for the CLI. Returns how many. */
  async replayFailed(ctx: Ctx): Promise<number> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM intake_message WHERE state = 'failed' ORDER BY id LIMIT 10000`,
    );
    for (const { id } of rows) await this.replay(ctx, id);
    return rows.length;
  }

  /** Takes in an .eml file as if it had just arrived; for the CLI. */
  async importEml(ctx: Ctx, raw: Buffer, envelopeTo: readonly string[] = []): Promise<string> {
    if (raw.length > LARGEST_MAIL) throw ChannelError.tooLarge({ limit: LARGEST_MAIL / 1024 / 1024 });
    return this.accept(ctx, { channel: 'import', raw, envelopeFrom: null, envelopeTo });
  }
}

const REPLAYABLE: IntakeState[] = ['received', 'held', 'ignored', 'failed'];

export const sha256 = (raw: Buffer): string => createHash('sha256').update(raw).digest('hex');

/** What PostgreSQL can hold as text. */
export const storable = (text: string | null): string | null =>
  text && Buffer.from(text.replaceAll('\u0000', '').slice(0, 1000), 'utf8').toString('utf8');
