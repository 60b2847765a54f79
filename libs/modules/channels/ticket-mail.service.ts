import { Injectable } from '@nestjs/common';
import { FeedbackLinks } from '@opora/modules/feedback';
import {
  type Recipient,
  TicketParticipants,
  ticketTemplateVariables,
  type TicketTemplateVariables,
} from '@opora/modules/tickets';
import { Secrets } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { type MailAttachment, Mailer, type NewMail } from '@opora/platform/mail';
import { Templates } from '@opora/platform/templates';
import { signedAddress } from './mail/mail-thread';
import { Mailboxes } from './mailboxes.service';
import { type Conversation, conversationOf, replyOf, type ReplyFacts } from './ticket-mail.query';

/** Files of an answer beyond this stay on the portal and are linked. */
const MOST_FILE_BYTES = 15 * 1024 * 1024;

/** Mails to the client about his ticket: in its thread, with an address that leads answers back to it. */
@Injectable()
export class TicketMail {
  constructor(
    private readonly db: Db,
    private readonly mailer: Mailer,
    private readonly mailboxes: Mailboxes,
    private readonly templates: Templates,
    private readonly participants: TicketParticipants,
    private readonly ratings: FeedbackLinks,
    private readonly secrets: Secrets,
  ) {}

  /** The answer of an employee, to the requester and everybody in copy. Nothing when it was taken back. */
  async sendReply(ctx: Ctx, ticketId: string, commentId: string): Promise<void> {
    const reply = await replyOf(this.db, ctx, commentId);
    if (!reply || reply.undoneAt) return;
    const recipients = await this.participants.recipientsOf(ctx, ticketId);
    const requester = recipients.find(({ role }) => role === 'requester') ?? recipients[0];
    const copies = distinct([
      ...recipients.filter((one) => one !== requester).map(({ email }) => email),
      ...reply.cc.map((address) => address.toLowerCase()),
    ]);
    const [to = requester?.email, ...cc] = requester
      ? [requester.email, ...copies.filter((address) => address !== requester.email)]
      : copies;
    if (!to) return;
    const locale = requester?.locale ?? 'ru';
    const variables = await ticketTemplateVariables(this.db, ctx, ticketId, locale);
    if (!variables) return;
    const { html, attachments, linked } = withFiles(reply, variables.ticket.portalUrl);
    const rendered = await this.templates.render(ctx, 'channels.ticketReply', locale, {
      ...variables,
      reply: { html, author: reply.authorName, files: linked },
    });
    const thread = await this.thread(ctx, await conversationOf(this.db, ctx, ticketId), variables);
    await this.mailer.queue(ctx, {
      ...thread,
      ...rendered,
      kind: 'reply',
      fromName: `${reply.authorName} (${thread.fromName})`,
      to: [to],
      cc,
      subjectId: ticketId,
      commentId,
      attachments,
    });
  }

  /** «Заявка зарегистрирована». Not to robots, not about inner work. */
  async acknowledge(ctx: Ctx, ticketId: string): Promise<void> {
    const conversation = await conversationOf(this.db, ctx, ticketId);
    if (!conversation || conversation.isInner || (conversation.firstKind ?? 'person') !== 'person') return;
    await this.tell(ctx, ticketId, conversation, 'channels.ticketRegistered', async () => ({}));
  }

  /** «Заявка выполнена», with three links to rate the work. */
  async tellSolved(ctx: Ctx, ticketId: string): Promise<void> {
    const conversation = await conversationOf(this.db, ctx, ticketId);
    if (conversation?.statusCategory !== 'done' || conversation.isInner) return;
    await this.tell(ctx, ticketId, conversation, 'channels.ticketSolved', async ({ contactId }) => ({
      rating: await this.ratings.urlsFor(ctx, ticketId, contactId),
    }));
  }

  private async tell(
    ctx: Ctx,
    ticketId: string,
    conversation: Conversation,
    template: string,
    more: (requester: Recipient) => Promise<object>,
  ): Promise<void> {
    const requester = (await this.participants.recipientsOf(ctx, ticketId)).find(({ role }) => role === 'requester');
    const variables = requester && (await ticketTemplateVariables(this.db, ctx, ticketId, requester.locale));
    if (!requester || !variables) return;
    const rendered = await this.templates.render(ctx, template, requester.locale, {
      ...variables,
      ...(await more(requester)),
    });
    await this.mailer.queue(ctx, {
      ...(await this.thread(ctx, conversation, variables)),
      ...rendered,
      kind: 'automatic',
      to: [requester.email],
      subjectId: ticketId,
    });
  }

  /** Sender, reply address and the headers that keep a conversation together in every mail client. */
  private async thread(
    ctx: Ctx,
    conversation: Conversation | undefined,
    { ticket, organisation }: TicketTemplateVariables,
  ): Promise<Thread> {
    const sender = await this.mailboxes.senderFor(ctx, conversation?.mailboxId ?? null, organisation.name);
    const secret = this.secrets.key('reply-address').toString('hex');
    return {
      fromAddress: sender.address,
      fromName: sender.name,
      mailboxId: sender.mailboxId ?? undefined,
      replyTo: signedAddress(sender.address, ticket.number, secret),
      inReplyTo: conversation?.lastInboundId ?? conversation?.messageIds.at(-1),
      references: conversation?.messageIds,
      headers: outlookHeaders(conversation),
    };
  }
}

type Thread = Pick<NewMail, 'fromAddress' | 'mailboxId' | 'replyTo' | 'inReplyTo' | 'references' | 'headers'> & {
  fromName: string;
};

const distinct = <Value>(values: Value[]): Value[] => [...new Set(values)];

/** Outlook groups by headers of its own: they are given back as they came. */
function outlookHeaders(conversation: Conversation | undefined): Record<string, string> {
  return {
    ...(conversation?.threadIndex ? { 'Thread-Index': conversation.threadIndex } : {}),
    ...(conversation?.threadTopic ? { 'Thread-Topic': conversation.threadTopic } : {}),
  };
}

/** Pictures of the text and files go along while they fit; the rest is linked. */
function withFiles(
  reply: ReplyFacts,
  portalUrl: string,
): { html: string; attachments: MailAttachment[]; linked: { name: string; url: string }[] } {
  const attachments: MailAttachment[] = [];
  const linked: { name: string; url: string }[] = [];
  let bytes = 0;
  for (const { fileId, name, size, isInline } of reply.files) {
    bytes += size;
    if (bytes <= MOST_FILE_BYTES) attachments.push({ fileId, name, ...(isInline ? { contentId: fileId } : {}) });
    else linked.push({ name, url: portalUrl });
  }
  const embedded = new Set(attachments.filter(({ contentId }) => contentId).map(({ fileId }) => fileId));
  const html = reply.html.replace(/ data-file-id="([0-9a-f-]{36})"/gi, (_, fileId: string) =>
    embedded.has(fileId.toLowerCase()) ? ` src="cid:${fileId.toLowerCase()}"` : '',
  );
  return { html, attachments, linked };
}
