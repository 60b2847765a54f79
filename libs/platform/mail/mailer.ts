import { Injectable } from '@nestjs/common';
import { convert } from 'html-to-text';
import type { Ctx } from '../context';
import { Db, newId } from '../db';
import { defineErrors, raise } from '../errors';
import { defineJob } from '../events/define';
import { Jobs } from '../events/events.service';
import { Settings } from '../settings';
import { type MailAttachment, type MailKind, OutgoingMail } from './outgoing-mail.entity';

export const MailError = defineErrors('mail', { notFound: 404, notRetryable: 409, alreadySent: 409 });

/** Sends one waiting mail. */
export const SendMail = defineJob<{ mailId: string }>('mail.send');

export type NewMail = {
  kind: MailKind;
  to: string[];
  cc?: string[];
  subject: string;
  html: string;
  text?: string;
  fromName?: string;
  fromAddress?: string;
  replyTo?: string;
  subjectId?: string;
  commentId?: string;
  mailboxId?: string;
  headers?: Record<string, string>;
  inReplyTo?: string;
  references?: string[];
  attachments?: MailAttachment[];
  /** Waits so many seconds before it goes, so that it can be undone. */
  holdSeconds?: number;
};

const AUTOMATIC_PER_DAY = 3;
const DAY_MS = 86_400_000;

/** One line: nothing a person wrote can add a header or a recipient. */
// eslint-disable-next-line no-control-regex -- control characters are what must go
export const headerText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .trim();

@Injectable()
export class Mailer {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly settings: Settings,
  ) {}

  /** Writes the mail and its job in the transaction of its cause. Over the daily cap an automatic mail is kept as `suppressed`. */
  async queue(ctx: Ctx, input: NewMail): Promise<OutgoingMail> {
    return this.db.tx(ctx, async (ctx) => {
      const id = newId();
      const capped = input.kind === 'automatic' && (await this.isCapped(ctx, input.to));
      const mail = Object.assign(new OutgoingMail(), this.columnsOf(ctx, id, input), {
        state: capped ? 'suppressed' : 'waiting',
        reason: capped ? `more than ${AUTOMATIC_PER_DAY} automatic mails to this address in a day` : null,
      });
      await this.db.repo(ctx, OutgoingMail).insert(mail);
      if (!capped) await this.jobs.enqueue(ctx, SendMail({ mailId: id }), { at: mail.sendAfter });
      return mail;
    });
  }

  /** Takes back mails of a comment that have not gone yet. Returns how many; 0 when it is too late. */
  async cancelForComment(ctx: Ctx, commentId: string): Promise<number> {
    const rows = await this.db.prepared(
      ctx,
      `UPDATE outgoing_mail SET state = 'cancelled', reason = 'undone' WHERE "commentId" = $1 AND state = 'waiting' RETURNING id`,
      [commentId],
    );
    return rows.length;
  }

  /** Sends a failed or suppressed mail again. */
  async retry(ctx: Ctx, id: string): Promise<OutgoingMail> {
    return this.db.tx(ctx, async (ctx) => {
      const repo = this.db.repo(ctx, OutgoingMail);
      const mail = (await repo.findOneBy({ id })) ?? raise(MailError.notFound());
      if (mail.state !== 'failed' && mail.state !== 'suppressed') throw MailError.notRetryable();
      await repo.update({ id }, { state: 'waiting', reason: null });
      await this.jobs.enqueue(ctx, SendMail({ mailId: id }));
      return { ...mail, state: 'waiting', reason: null };
    });
  }

  private columnsOf(ctx: Ctx, id: string, input: NewMail): Omit<OutgoingMail, 'state' | 'reason'> {
    const domain = this.settings.OPORA_MAIL_DOMAIN;
    return {
      id,
      messageId: `o.${id}@${domain}`,
      kind: input.kind,
      subjectId: input.subjectId ?? null,
      commentId: input.commentId ?? null,
      mailboxId: input.mailboxId ?? null,
      fromAddress: headerText(input.fromAddress ?? `support@${domain}`),
      fromName: headerText(input.fromName ?? 'Opora'),
      replyTo: input.replyTo ? headerText(input.replyTo) : null,
      to: input.to.map(headerText),
      cc: (input.cc ?? []).map(headerText),
      subject: headerText(input.subject).slice(0, 500),
      html: input.html,
      text: input.text ?? convert(input.html, { wordwrap: 100 }),
      headers: Object.fromEntries(
        Object.entries(input.headers ?? {}).map(([name, value]) => [name, headerText(value)]),
      ),
      inReplyTo: input.inReplyTo ?? null,
      references: input.references ?? [],
      attachments: input.attachments ?? [],
      sendAfter: new Date(ctx.now().getTime() + (input.holdSeconds ?? 0) * 1000),
      createdAt: ctx.now(),
      sentAt: null,
    };
  }

  /** Counts under a lock per address, so that two at once do not both pass. */
  private async isCapped(ctx: Ctx, to: string[]): Promise<boolean> {
    const addresses = to.map((address) => address.toLowerCase()).sort();
    await this.db.prepared(
      ctx,
      `SELECT pg_advisory_xact_lock(hashtext('mail-cap ' || a)) FROM unnest($1::text[]) AS a`,
      [addresses],
    );
    const [row] = await this.db.prepared<{ most: number }>(
      ctx,
      `SELECT COALESCE(max(n), 0)::int AS most FROM (
         SELECT count(*) AS n FROM unnest($1::text[]) AS a
         JOIN outgoing_mail m ON lower(m."to"[1]) = a AND m.kind = 'automatic' AND m.state NOT IN ('suppressed', 'cancelled') AND m."createdAt" > $2
         GROUP BY a) AS counted`,
      [addresses, new Date(ctx.now().getTime() - DAY_MS)],
    );
    return (row?.most ?? 0) >= AUTOMATIC_PER_DAY;
  }
}
