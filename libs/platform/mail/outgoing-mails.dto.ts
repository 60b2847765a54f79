import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../http/paging';
import { MAIL_STATES, type MailKind, type MailState, type OutgoingMail } from './outgoing-mail.entity';

export class ListOutgoingMails extends PageQuery {
  @IsOptional()
  @IsIn(MAIL_STATES)
  state?: MailState;

  /** Only mails about this ticket. */
  @IsOptional()
  @IsUUID()
  subjectId?: string;
}

export class OutgoingMailView {
  id: string;
  messageId: string;
  kind: MailKind;
  subjectId: string | null;
  commentId: string | null;
  from: string;
  to: string[];
  cc: string[];
  subject: string;
  state: MailState;
  /** Why it failed or was suppressed; the server's answer when sent. */
  reason: string | null;
  sendAfter: string;
  createdAt: string;
  sentAt: string | null;
}

export const toOutgoingMailView = (mail: OutgoingMail): OutgoingMailView => ({
  id: mail.id,
  messageId: mail.messageId,
  kind: mail.kind,
  subjectId: mail.subjectId,
  commentId: mail.commentId,
  from: mail.fromAddress,
  to: mail.to,
  cc: mail.cc,
  subject: mail.subject,
  state: mail.state,
  reason: mail.reason,
  sendAfter: mail.sendAfter.toISOString(),
  createdAt: mail.createdAt.toISOString(),
  sentAt: mail.sentAt?.toISOString() ?? null,
});
