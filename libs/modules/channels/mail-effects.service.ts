import { Injectable } from '@nestjs/common';
import { Contacts } from '@opora/modules/clients';
import { type CommentKind, Comments, type NewComment, Tickets } from '@opora/modules/tickets';
import { type Ctx, SYSTEM } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Files } from '@opora/platform/files';
import { text } from '@opora/platform/i18n';
import { Organisation } from '@opora/platform/organisation';
import type { Mailbox } from './mailbox.entity';
import type { ParsedFile } from './mail/mail-body';
import type { ParsedMail } from './mail/mail-parse';
import { hasContent } from './mail/html-scan';
import { embedImages, escapeHtml } from './mail/mail-html';
import { bareSubject } from './mail/mail-thread';

type OpenFacts = { intakeId: string; mailbox: Mailbox | undefined; parentId?: string; ours: readonly string[] };
type Content = { html: string; fileIds: string[] };

const LONGEST_SUBJECT = 300;

/** What inbound mail does to tickets. */
@Injectable()
export class MailEffects {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly comments: Comments,
    private readonly contacts: Contacts,
    private readonly files: Files,
    private readonly organisation: Organisation,
  ) {}

  /** A new ticket of the sender. An address gives no place in any company: that is for people to say. */
  async open(ctx: Ctx, mail: ParsedMail, { intakeId, mailbox, parentId, ours }: OpenFacts): Promise<string> {
    const contactId = (await this.contactOf(ctx, mail, ours))?.id;
    const { html, fileIds } = await this.content(ctx, mail);
    const subject = bareSubject(mail.subject).slice(0, LONGEST_SUBJECT) || (await this.word(ctx, 'channels.noSubject'));
    const input = {
      subject,
      description: html,
      source: 'email' as const,
      contactId,
      authorContactId: contactId,
      parentId,
      files: fileIds.map((fileId) => ({ fileId, audience: ['client' as const] })),
    };
    const defaults = await this.livingDefaults(ctx, mailbox);
    const { id } = await this.tickets.create(
      ctx,
      { ...input, ...defaults },
      { sourceRef: intakeId, withoutForm: true },
    );
    return id;
  }

  /** The sender's message in the conversation, with what a client's message does to the status. */
  async comment(ctx: Ctx, ticketId: string, mail: ParsedMail): Promise<string> {
    const contact = await this.contactOf(ctx, mail, []);
    const author = contact
      ? { kind: 'contact' as const, id: contact.id, name: contact.name }
      : { kind: 'system' as const, id: null, name: mail.from?.name || mail.from?.address || SYSTEM.name };
    const { html, fileIds } = await this.content(ctx, mail);
    return this.add(ctx, ticketId, { html, fileIds, audience: ['client'], author });
  }

  /** A line for the staff that changes nothing: an auto-reply, a delivery report. */
  async note(ctx: Ctx, ticketId: string, html: string, kind: CommentKind, name: string = SYSTEM.name): Promise<string> {
    return this.add(ctx, ticketId, { html, audience: ['internal'], kind, author: { kind: 'system', id: null, name } });
  }

  /** What came from the address of an employee stays inside the house. */
  async noteOfEmployee(ctx: Ctx, ticketId: string, employeeId: string, mail: ParsedMail): Promise<string> {
    const { html, fileIds } = await this.content(ctx, mail);
    const [employee] = await this.db.prepared<{ name: string }>(ctx, `SELECT name FROM employee WHERE id = $1`, [
      employeeId,
    ]);
    return this.add(ctx, ticketId, {
      html,
      fileIds,
      audience: ['internal'],
      author: { kind: 'employee', id: employeeId, name: employee?.name ?? '' },
    });
  }

  /** The receiving server took the mail and gave it back later: what was sent has failed after all. */
  async noteDeliveryFailure(ctx: Ctx, mailId: string, reason: string): Promise<void> {
    await this.db.prepared(
      ctx,
      `UPDATE outgoing_mail SET state = 'failed', reason = $2 WHERE id = $1 AND state = 'sent'`,
      [mailId, reason.slice(0, 1000)],
    );
  }

  /** The mail's text without its files. */
  bodyOf(mail: ParsedMail): string {
    return embedImages(mail.html, new Map()) || `<p>${escapeHtml(mail.subject)}</p>`;
  }

  /** Stores the files and puts the pictures into the text. */
  async content(ctx: Ctx, mail: ParsedMail): Promise<Content> {
    const byContentId = new Map<string, string>();
    const fileIds: string[] = [];
    for (const file of mail.files) {
      const { id } = await this.files.store(ctx, fileOf(file));
      fileIds.push(id);
      if (file.isInline && file.contentId) byContentId.set(file.contentId.toLowerCase(), id);
    }
    const remark = mail.filesLeftOut
      ? `<p><em>${escapeHtml(await this.word(ctx, 'channels.filesLeftOut', { count: mail.filesLeftOut }))}</em></p>`
      : '';
    return { html: embedImages(mail.html, byContentId) + remark, fileIds };
  }
  private async add(ctx: Ctx, ticketId: string, comment: NewComment): Promise<string> {
    const isEmpty = !hasContent(comment.html ?? '') && !comment.fileIds?.length;
    const html = isEmpty ? `<p>${escapeHtml(await this.word(ctx, 'channels.emptyMail'))}</p>` : comment.html;
    return (await this.comments.add(ctx, ticketId, { ...comment, html, source: 'email' })).id;
  }

  /** The contact behind the address, made if need be; nobody for mails without a sender, of colleagues or of ourselves. */
  private async contactOf(
    ctx: Ctx,
    { from }: ParsedMail,
    ours: readonly string[],
  ): Promise<{ id: string; name: string } | undefined> {
    if (!from || from.address.length > 254 || ours.includes(from.address)) return undefined;
    const [known] = await this.db.prepared<{ isEmployee: boolean; id: string | null; name: string | null }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM employee WHERE email = $1 AND "archivedAt" IS NULL) AS "isEmployee", k.id, k.name
       FROM (SELECT 1) one LEFT JOIN contact_email e ON e.email = $1 AND e."isActive" LEFT JOIN contact k ON k.id = e."contactId"`,
      [from.address],
    );
    if (known?.isEmployee) return undefined;
    if (known?.id) return { id: known.id, name: known.name ?? '' };
    return this.contacts.ensureContactForMail(ctx, { email: from.address, name: from.name });
  }

  private async word(ctx: Ctx, key: string, facts?: Record<string, unknown>): Promise<string> {
    return text((await this.organisation.get(ctx)).locale, key, facts);
  }

  /** Team and type of the mailbox, as far as they are still in use. */
  private async livingDefaults(ctx: Ctx, mailbox: Mailbox | undefined): Promise<{ teamId?: string; typeId?: string }> {
    if (!mailbox?.defaultTeamId && !mailbox?.defaultTypeId) return {};
    const [found] = await this.db.prepared<{ teamId: string | null; typeId: string | null }>(
      ctx,
      `SELECT (SELECT id FROM team WHERE id = $1 AND "archivedAt" IS NULL) AS "teamId", (SELECT id FROM ticket_type WHERE id = $2 AND "archivedAt" IS NULL) AS "typeId"`,
      [mailbox.defaultTeamId, mailbox.defaultTypeId],
    );
    return { ...(found?.teamId ? { teamId: found.teamId } : {}), ...(found?.typeId ? { typeId: found.typeId } : {}) };
  }
}

const fileOf = ({ name, mime, content }: ParsedFile) => ({
  name,
  mime,
  content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
});
