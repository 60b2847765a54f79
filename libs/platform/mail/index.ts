export { headerText, Mailer, MailError, type NewMail, SendMail } from './mailer';
export { MailModule } from './mail.module';
export { MAIL_STATES, type MailAttachment, type MailKind, type MailState, OutgoingMail } from './outgoing-mail.entity';
export { OutgoingMailView, toOutgoingMailView } from './outgoing-mails.dto';
export { OutgoingMails } from './outgoing-mails.service';
export { MailTransports, type SmtpAccount } from './transports';
