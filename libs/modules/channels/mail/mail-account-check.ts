import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { createTransport } from 'nodemailer';
import type { ImapAccount, MailAccount } from '../mailbox.entity';
import type { ConnectionCheckView } from '../mailboxes.dto';

const TIMEOUT_MS = 15_000;

export type OpenAccount<Account extends MailAccount> = Account & { password: string };

/** Connection options. Without `secure` an offered upgrade is taken whatever its certificate: it is no worse than none. */
export const imapOptions = ({
  host,
  port,
  secure,
  user,
  password,
  acceptsAnyCertificate,
}: OpenAccount<MailAccount>): ImapFlowOptions => ({
  host,
  port,
  secure,
  auth: { user, pass: password },
  logger: false,
  tls: { rejectUnauthorized: secure && !acceptsAnyCertificate },
  connectionTimeout: TIMEOUT_MS,
  greetingTimeout: TIMEOUT_MS,
  clientInfo: { name: 'Opora' },
});

/** Signs in and looks at the folder. */
export async function checkImap(account: OpenAccount<ImapAccount>): Promise<ConnectionCheckView> {
  const client = new ImapFlow({ ...imapOptions(account), disableAutoIdle: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.mailboxOpen(account.folder, { readOnly: true });
    return { ok: true, error: null };
  } catch (error) {
    return { ok: false, error: wordsOf(error) };
  } finally {
    client.close();
  }
}

/** Signs in and says nothing more. */
export async function checkSmtp({
  host,
  port,
  secure,
  user,
  password,
  acceptsAnyCertificate,
}: OpenAccount<MailAccount>): Promise<ConnectionCheckView> {
  const tls = { rejectUnauthorized: secure && !acceptsAnyCertificate };
  const transport = createTransport({
    host,
    port,
    secure,
    tls,
    auth: { user, pass: password },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.verify();
    return { ok: true, error: null };
  } catch (error) {
    return { ok: false, error: wordsOf(error) };
  } finally {
    transport.close();
  }
}

/** What a mail server or the network said, in one line without the password. */
export function wordsOf(error: unknown): string {
  const { responseText, message, code } = (error ?? {}) as { responseText?: string; message?: string; code?: string };
  return [code, responseText ?? message ?? String(error)].filter(Boolean).join(': ').replace(/\s+/g, ' ').slice(0, 500);
}
