import type { Mailbox, MailboxInput } from './mailboxes.queries';

/** One mail server as the form holds it. */
export type AccountDraft = {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  acceptsAnyCertificate: boolean;
  folder: string;
};

export const IMAP_PORT = 993;
export const SMTP_PORT = 465;

const account = (kept: Mailbox['smtp'] | Mailbox['imap'], port: number): AccountDraft => ({
  host: kept?.host ?? '',
  port: kept?.port ?? port,
  secure: kept?.secure ?? true,
  user: kept?.user ?? '',
  password: '',
  acceptsAnyCertificate: kept?.acceptsAnyCertificate ?? false,
  folder: kept && 'folder' in kept ? kept.folder : 'INBOX',
});

/** The form's values; `imapHost` and the like exist only to receive the server's field errors. */
export const draftOf = (mailbox: Mailbox | null) => ({
  name: mailbox?.name ?? '',
  address: mailbox?.address ?? '',
  hasImap: mailbox ? mailbox.imap !== null : true,
  imap: account(mailbox?.imap ?? null, IMAP_PORT),
  hasSmtp: mailbox ? mailbox.smtp !== null : true,
  smtp: account(mailbox?.smtp ?? null, SMTP_PORT),
  isActive: mailbox?.isActive ?? true,
  isDefault: mailbox?.isDefault ?? false,
  defaultTeamId: mailbox?.defaultTeamId ?? (null as string | null),
  defaultTypeId: mailbox?.defaultTypeId ?? (null as string | null),
  ...{ imapHost: null, imapPort: null, imapSecure: null, imapUser: null, imapPassword: null, imapFolder: null },
  ...{ smtpHost: null, smtpPort: null, smtpSecure: null, smtpUser: null, smtpPassword: null },
});

export type MailboxDraft = ReturnType<typeof draftOf>;

/** What is sent: an empty password keeps the one that is sealed. */
export function inputOf({
  name,
  address,
  hasImap,
  imap,
  hasSmtp,
  smtp,
  isActive,
  isDefault,
  defaultTeamId,
  defaultTypeId,
}: MailboxDraft): MailboxInput {
  const server = ({ folder: _, password, ...rest }: AccountDraft) => ({ ...rest, ...(password ? { password } : {}) });
  return {
    ...{ name, address, isActive, isDefault, defaultTeamId, defaultTypeId },
    imap: hasImap ? { ...server(imap), folder: imap.folder || 'INBOX' } : null,
    smtp: hasSmtp ? server(smtp) : null,
  };
}
