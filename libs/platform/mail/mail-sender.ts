import { Injectable } from '@nestjs/common';
import type { SendMailOptions } from 'nodemailer';
import type { Ctx } from '../context';
import { Db } from '../db';
import { type Delivery, Handles, type PayloadOf } from '../events/define';
import { MAX_ATTEMPTS } from '../events/runner';
import { Files } from '../files';
import { Live } from '../live';
import { SendMail } from './mailer';
import { OutgoingMail } from './outgoing-mail.entity';
import { MailTransports } from './transports';

/** Sends waiting mails. A repeat after a cut connection carries the same Message-ID. */
@Injectable()
export class MailSender {
  constructor(
    private readonly db: Db,
    private readonly files: Files,
    private readonly transports: MailTransports,
    private readonly live: Live,
  ) {}

  @Handles(SendMail, { transaction: false })
  async send(ctx: Ctx, { mailId }: PayloadOf<typeof SendMail>, delivery: Delivery): Promise<void> {
    const mail = await this.db.repo(ctx, OutgoingMail).findOneBy({ id: mailId });
    if (mail?.state !== 'waiting') return;
    try {
      const answer = await this.transports.send(ctx, mail.mailboxId, await this.compose(ctx, mail));
      await this.note(ctx, mail, 'sent', answer);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isRefused = ((error as { responseCode?: number }).responseCode ?? 0) >= 500;
      if (!isRefused && delivery.attempt < MAX_ATTEMPTS) {
        await this.db.repo(ctx, OutgoingMail).update({ id: mail.id }, { reason });
        throw error;
      }
      await this.note(ctx, mail, 'failed', reason);
    }
  }

  private async note(ctx: Ctx, mail: OutgoingMail, state: 'sent' | 'failed', reason: string): Promise<void> {
    const sentAt = state === 'sent' ? ctx.now() : null;
    await this.db.prepared(
      ctx,
      `UPDATE outgoing_mail SET state = $2, reason = $3, "sentAt" = $4 WHERE id = $1 AND state = 'waiting'`,
      [mail.id, state, reason.slice(0, 1000), sentAt],
    );
    if (mail.subjectId) this.live.touch(ctx, [`ticket:${mail.subjectId}`], 'staff');
  }

  private async compose(ctx: Ctx, mail: OutgoingMail): Promise<SendMailOptions> {
    const attachments = await Promise.all(
      mail.attachments.map(async ({ fileId, name, contentId }) => {
        const { file, content } = await this.files.readAll(ctx, fileId);
        return { filename: name, content, contentType: file.mime, cid: contentId };
      }),
    );
    const isMachine = mail.kind === 'automatic' || mail.kind === 'notification';
    return {
      messageId: `<${mail.messageId}>`,
      from: { name: mail.fromName, address: mail.fromAddress },
      replyTo: mail.replyTo ?? undefined,
      to: mail.to.map((address) => ({ name: '', address })),
      cc: mail.cc.map((address) => ({ name: '', address })),
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      date: mail.createdAt,
      inReplyTo: mail.inReplyTo ? `<${mail.inReplyTo}>` : undefined,
      references: mail.references.map((id) => `<${id}>`),
      // RFC 3834: robots know us as a robot and do not answer.
      headers: {
        ...(isMachine ? { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } : {}),
        ...mail.headers,
      },
      attachments,
    };
  }
}
