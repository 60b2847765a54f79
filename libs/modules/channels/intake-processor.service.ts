import { Injectable } from '@nestjs/common';
import { Secrets } from '@opora/platform/auth';
import { type Ctx, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { type Delivery, Every, Handles, Jobs, type PayloadOf } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { failPoint } from '@opora/platform/settings';
import { Intake, type IntakeRow, storable } from './intake.service';
import { type Forced, IntakeRules, type Outcome } from './intake-rules.service';
import { ParseIntake } from './intake.jobs';
import type { Mailbox } from './mailbox.entity';
import { Mailboxes } from './mailboxes.service';
import type { ParsedMail } from './mail/mail-parse';
import { MailParserPool } from './mail/mail-parser-pool';
import { MailThreads } from './mail-threads.service';

/** After so many tries a mail is put aside for a person; the first repeats come after 5 s, 30 s and 2 min. */
const MOST_ATTEMPTS = 4;
const STRAY_MINUTES = 15;

/** Gives every kept mail its end: reads it outside the main thread, then decides and acts in one transaction with the journal. */
@Injectable()
export class IntakeProcessor {
  private secret = '';

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly intake: Intake,
    private readonly rules: IntakeRules,
    private readonly threads: MailThreads,
    private readonly mailboxes: Mailboxes,
    private readonly parsers: MailParserPool,
    private readonly secrets: Secrets,
  ) {}

  /** Repeatable: a mail that already has its end is left alone, so a death at any moment costs nothing but time. */
  @Handles(ParseIntake, { transaction: false })
  async process(_ctx: Ctx, { intakeId }: PayloadOf<typeof ParseIntake>, { attempt }: Delivery): Promise<void> {
    const ctx = mailContext(intakeId);
    const row = await this.intake.find(ctx, intakeId);
    if (row?.state !== 'received') return;
    if (attempt > MOST_ATTEMPTS) return this.putAside(ctx, row, 'crashed', '', attempt);
    try {
      await this.handle(ctx, row, attempt);
    } catch (error) {
      if (attempt < MOST_ATTEMPTS || isDatabaseAway(error)) throw error;
      await this.putAside(ctx, row, 'error', error instanceof Error ? error.message : String(error), attempt);
    }
  }

  /** What an agent decides about a held mail takes the same way, without the rules that held it. */
  async decide(ctx: Ctx, row: IntakeRow, forced: Forced): Promise<void> {
    await this.handle({ ...mailContext(row.id), tx: ctx.tx }, row, row.attempts, forced);
  }

  /** Mails whose job was lost with a restored or edited outbox. */
  @Every(300)
  async sweep(ctx: Ctx): Promise<void> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT i.id FROM intake_message i WHERE i.state = 'received' AND i."receivedAt" < $1
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.state = 'pending' AND o.name = $2 AND o.payload->>'intakeId' = i.id::text)
       ORDER BY i.id LIMIT 500`,
      [new Date(ctx.now().getTime() - STRAY_MINUTES * 60_000), ParseIntake.messageName],
    );
    if (!rows.length) return;
    await this.db.tx(ctx, async (ctx) => {
      for (const { id } of rows) await this.jobs.enqueue(ctx, ParseIntake({ intakeId: id }), { key: id });
    });
  }

  private async handle(ctx: Ctx, row: IntakeRow, attempt: number, forced?: Forced): Promise<void> {
    const mailboxes = await this.mailboxes.active(ctx);
    const mail = await this.read(ctx, row, mailboxes);
    failPoint('intake.after-parse');
    await this.db.tx(ctx, async (ctx) => {
      await this.threads.lockMessage(ctx, row, mail);
      const [locked] = await this.db.query<{ state: string }>(ctx, `SELECT state FROM intake_message WHERE id = $1 FOR UPDATE`, [row.id]);
      if (locked?.state !== row.state) return;
      const mailbox = mailboxOf(row, mail, mailboxes);
      const outcome = await this.rules.apply(ctx, { row, mail, mailbox, ours: this.ours(mailboxes) }, forced);
      await this.close(ctx, row, mail, outcome, mailbox, attempt);
      failPoint('intake.before-end');
    });
    failPoint('intake.after-end');
  }

  private async read(ctx: Ctx, row: IntakeRow, mailboxes: readonly Mailbox[]): Promise<ParsedMail> {
    this.secret ||= this.secrets.key('reply-address').toString('hex');
    const raw = await this.intake.readRaw(ctx, row.id, row.size);
    return this.parsers.parse({ raw, envelopeFrom: row.envelopeFrom, envelopeTo: row.envelopeTo, ours: this.ours(mailboxes), secret: this.secret });
  }

  private ours(mailboxes: readonly Mailbox[]): string[] {
    return [this.mailboxes.supportAddress, ...mailboxes.map(({ address }) => address)];
  }

  private async close(ctx: Ctx, { id }: IntakeRow, mail: ParsedMail, outcome: Outcome, mailbox: Mailbox | undefined, attempt: number): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE intake_message SET state = $2, reason = $3, facts = $4, "ticketId" = $5, "commentId" = $6, "duplicateOfId" = $7, "mailboxId" = COALESCE("mailboxId", $8),
         kind = $9, "messageId" = $10, "contentSha" = $11, "fromAddress" = $12, "fromName" = $13, subject = $14, problem = $15, "threadIndex" = $16, "threadTopic" = $17,
         attempts = $18, "parsedAt" = $19 WHERE id = $1`,
      [
        id, outcome.state, outcome.reason, JSON.stringify(outcome.facts ?? {}), outcome.ticketId ?? null, outcome.commentId ?? null, outcome.duplicateOfId ?? null,
        mailbox?.id ?? null, mail.classification.kind, storable(mail.messageId), mail.contentSha, storable(mail.from?.address ?? null), storable(mail.from?.name ?? null),
        storable(mail.subject), storable(mail.problem), mail.threadIndex, mail.threadTopic, attempt, ctx.now(),
      ],
    );
    this.live.touch(ctx, ['intake'], 'staff');
  }

  private async putAside(ctx: Ctx, { id }: IntakeRow, reason: 'crashed' | 'error', words: string, attempts: number): Promise<void> {
    await this.db.query(ctx, `UPDATE intake_message SET state = 'failed', reason = $2, facts = $3, attempts = $4, "parsedAt" = $5 WHERE id = $1 AND state = 'received'`, [
      id, reason, JSON.stringify({ words: storable(words.slice(0, 500)) ?? '', attempts }), attempts, ctx.now(),
    ]);
    this.live.touch(ctx, ['intake'], 'staff');
  }
}

const mailContext = (intakeId: string): Ctx => systemContext('mail', { kind: 'mail', id: intakeId });

/** The mailbox that brought the mail, or the first of ours among its recipients. */
function mailboxOf(row: IntakeRow, mail: ParsedMail, mailboxes: readonly Mailbox[]): Mailbox | undefined {
  const plain = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@');
  const recipients = [...row.envelopeTo, ...[...mail.to, ...mail.cc].map(({ address }) => address)].map(plain);
  return mailboxes.find(({ id }) => id === row.mailboxId) ?? mailboxes.find(({ address }) => recipients.includes(plain(address)));
}

/** The database went away, not the mail: the number of tries does not count then. */
function isDatabaseAway(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  const name = driverError?.code ?? code ?? '';
  return /^(?:08|53|57P|ECONN|EPIPE|ETIMEDOUT)/.test(name) || /Connection terminated|timeout exceeded when trying to connect/.test(String(error));
}
