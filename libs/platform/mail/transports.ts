import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type { Ctx } from '../context';
import { Settings } from '../settings';

export type SmtpAccount = { host: string; port: number; secure: boolean; user?: string; password?: string };
type AccountOf = (ctx: Ctx, mailboxId: string) => Promise<SmtpAccount | null>;

const TIMEOUT_MS = 15_000;

/** How mail leaves: a mailbox's own SMTP account, the installation's relay, or the local mailbox. */
@Injectable()
export class MailTransports implements OnModuleDestroy {
  private accountOf?: AccountOf;
  private readonly open = new Map<string, Transporter>();

  constructor(private readonly settings: Settings) {}

  /** The module that owns mailboxes says which account a mailbox sends through. */
  registerAccounts(accountOf: AccountOf): void {
    this.accountOf = accountOf;
  }

  /** True when mail goes nowhere but to /dev/mailbox. */
  get isLocal(): boolean {
    return this.settings.OPORA_SMTP_OUT === undefined;
  }

  /** Hands the mail over; the answer of the server, or `local mailbox`. Throws what the server refused. */
  async send(ctx: Ctx, mailboxId: string | null, mail: SendMailOptions): Promise<string> {
    const account = mailboxId ? await this.accountOf?.(ctx, mailboxId) : undefined;
    if (!account && this.isLocal) return 'local mailbox';
    const info = (await this.transport(account ?? relayOf(this.settings.OPORA_SMTP_OUT ?? '')).sendMail(mail)) as {
      response?: string;
    };
    return info.response ?? 'accepted';
  }

  onModuleDestroy(): void {
    for (const transport of this.open.values()) transport.close();
  }

  private transport(account: SmtpAccount): Transporter {
    const key = JSON.stringify(account);
    const known = this.open.get(key);
    if (known) return known;
    const { host, port, secure, user, password } = account;
    const transport = createTransport({
      host,
      port,
      secure,
      pool: true,
      maxConnections: 4,
      auth: user ? { user, pass: password ?? '' } : undefined,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.open.set(key, transport);
    return transport;
  }
}

export function relayOf(url: string): SmtpAccount {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname,
    port: Number(port || (secure ? 465 : 587)),
    secure,
    user: username ? decodeURIComponent(username) : undefined,
    password: password ? decodeURIComponent(password) : undefined,
  };
}
