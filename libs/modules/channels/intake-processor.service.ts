import { Injectable } from '@nestjs/common';
import { Secrets } from '@opora/platform/auth';
import { type Ctx, systemContext } from '@opora/platform/context';
import { Db, isDatabaseAway } from '@opora/platform/db';
import { isNoSpace } from '@opora/platform/files';
import { Live } from '@opora/platform/live';
import { log } from '@opora/platform/log';
import { failPoint } from '@opora/platform/settings';
import type { ClaimedMail } from './intake-queue.service';
import { Intake, type IntakeRow, storable } from './intake.service';
import { type Forced, IntakeRules, type Outcome } from './intake-rules.service';
import type { Mailbox } from './mailbox.entity';
import { Mailboxes } from './mailboxes.service';
import type { ParsedMail } from './mail/mail-parse';
import { MailParserPool } from './mail/mail-parser-pool';
import { MailThreads } from './mail-threads.service';

/** After so many failures a mail is put aside for a person. */
const MOST_FAILURES = 4;
const RETRY_SECONDS = [5, 30, 120];
/** Until somebody makes room on a full disk. */
const NO_SPACE_SECONDS = 30;
/** So often a mail may be in hand when its process dies; then it is taken for the cause. */
const MOST_ATTEMPTS = 15;

/** Gives every kept mail its end: reads it outside the main thread, then decides and acts in one transaction with the journal. */
@Injectable()
export class IntakeProcessor {
  private secret = '';

  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly intake: Intake,
    private readonly rules: IntakeRules,
    private readonly threads: MailThreads,
    private readonly mailboxes: Mailboxes,
    private readonly parsers: MailParserPool,
    private readonly secrets: Secrets,
  ) {}

  /** Repeatable: a mail that already has its end is left alone, so a death at any moment costs nothing but time. */
  async process(mail: ClaimedMail): Promise<void> {
    const ctx = mailContext(mail.id);
    try {
      if (mail.attempts > MOST_ATTEMPTS) await this.putAside(ctx, mail, 'crashed', '');
      else await this.handle(ctx, mail, mail.raw ?? undefined);
    } catch (error) {
      log.warn(
        { intakeId: mail.id, err: error instanceof Error ? error.stack : String(error) },
        'a mail could not be handled',
      );
      await this.noteFailure(ctx, mail, error).catch((failure: unknown) =>
        log.warn({ intakeId: mail.id, err: String(failure) }, 'could not note the failure'),
      );
    }
  }

  /** What an agent decides about a held mail takes the same way, without the rules that held it. */
  async decide(ctx: Ctx, row: IntakeRow, forced: Forced): Promise<void> {
    await this.handle({ ...mailContext(row.id), tx: ctx.tx }, row, undefined, forced);
  }

  private async handle(ctx: Ctx, row: IntakeRow, raw?: Buffer, forced?: Forced): Promise<void> {
    const mailboxes = await this.mailboxes.active(ctx);
    const mail = await this.read(ctx, row, raw, mailboxes);
    failPoint('intake.after-parse');
    await this.db.tx(ctx, async (ctx) => {
      await this.threads.lockMessage(ctx, row, mail);
      const mailbox = mailboxOf(row, mail, mailboxes);
      const outcome = await this.rules.apply(ctx, { row, mail, mailbox, ours: this.ours(mailboxes) }, forced);
      await this.close(ctx, row, mail, outcome, mailbox);
      failPoint('intake.before-end');
    });
    failPoint('intake.after-end');
  }

  private async read(
    ctx: Ctx,
    row: IntakeRow,
    claimed: Buffer | undefined,
    mailboxes: readonly Mailbox[],
  ): Promise<ParsedMail> {
    this.secret ||= this.secrets.key('reply-address').toString('hex');
    const raw = claimed ?? (await this.intake.readRaw(ctx, row.id, row.size));
    return this.parsers.parse({
      raw,
      envelopeFrom: row.envelopeFrom,
      envelopeTo: row.envelopeTo,
      ours: this.ours(mailboxes),
      secret: this.secret,
    });
  }

  private ours(mailboxes: readonly Mailbox[]): string[] {
    return [this.mailboxes.supportAddress, ...mailboxes.map(({ address }) => address)];
  }

  private async close(
    ctx: Ctx,
    { id, state }: IntakeRow,
    mail: ParsedMail,
    outcome: Outcome,
    mailbox: Mailbox | undefined,
  ): Promise<void> {
    const closed = await this.db.prepared(
      ctx,
      `UPDATE intake_message SET state = $2, reason = $3, facts = $4, "ticketId" = $5, "commentId" = $6, "duplicateOfId" = $7, "mailboxId" = COALESCE("mailboxId", $8),
         kind = $9, "messageId" = $10, "contentSha" = $11, "fromAddress" = $12, "fromName" = $13, subject = $14, problem = $15, "threadIndex" = $16, "threadTopic" = $17,
         "parsedAt" = $18, "leasedUntil" = NULL WHERE id = $1 AND state = $19 RETURNING id`,
      [
        id,
        outcome.state,
        outcome.reason,
        JSON.stringify(outcome.facts ?? {}),
        outcome.ticketId ?? null,
        outcome.commentId ?? null,
        outcome.duplicateOfId ?? null,
        mailbox?.id ?? null,
        mail.classification.kind,
        storable(mail.messageId),
        mail.contentSha,
        storable(mail.from?.address ?? null),
        storable(mail.from?.name ?? null),
        storable(mail.subject),
        storable(mail.problem),
        mail.threadIndex,
        mail.threadTopic,
        ctx.now(),
        state,
      ],
    );
    // Somebody else was quicker, after a lease that ran out: everything done here is rolled back.
    if (!closed.length) throw new Error('the mail already has its end');
    this.live.touch(ctx, ['intake'], 'staff');
  }

  private async noteFailure(ctx: Ctx, mail: ClaimedMail, error: unknown): Promise<void> {
    // A database that went away or a full disk is no fault of the mail: such a try does not count.
    const isOurs = !isDatabaseAway(error) && !isNoSpace(error);
    if (isOurs && mail.failures + 1 >= MOST_FAILURES)
      return this.putAside(ctx, mail, 'error', error instanceof Error ? error.message : String(error));
    const wait = isNoSpace(error)
      ? NO_SPACE_SECONDS
      : (RETRY_SECONDS[Math.min(mail.failures, RETRY_SECONDS.length - 1)] ?? 0);
    await this.db.prepared(
      ctx,
      `UPDATE intake_message SET failures = failures + $2, attempts = attempts - 1 + $2, "dueAt" = $3, "leasedUntil" = NULL WHERE id = $1 AND state = 'received'`,
      [mail.id, isOurs ? 1 : 0, new Date(ctx.now().getTime() + wait * 1000)],
    );
  }

  private async putAside(
    ctx: Ctx,
    { id, attempts }: IntakeRow,
    reason: 'crashed' | 'error',
    words: string,
  ): Promise<void> {
    await this.db.prepared(
      ctx,
      `UPDATE intake_message SET state = 'failed', reason = $2, facts = $3, "parsedAt" = $4, "leasedUntil" = NULL WHERE id = $1 AND state = 'received'`,
      [id, reason, JSON.stringify({ words: storable(words.slice(0, 500)) ?? '', attempts }), ctx.now()],
    );
    this.live.touch(ctx, ['intake'], 'staff');
  }
}

const mailContext = (intakeId: string): Ctx => systemContext('mail', { kind: 'mail', id: intakeId });

/** The mailbox that brought the mail, or the first of ours among its recipients. */
function mailboxOf(row: IntakeRow, mail: ParsedMail, mailboxes: readonly Mailbox[]): Mailbox | undefined {
  const plain = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@');
  const recipients = [...row.envelopeTo, ...[...mail.to, ...mail.cc].map(({ address }) => address)].map(plain);
  return (
    mailboxes.find(({ id }) => id === row.mailboxId) ??
    mailboxes.find(({ address }) => recipients.includes(plain(address)))
  );
}
