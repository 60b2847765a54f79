import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Secrets } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { MailTransports, type SmtpAccount } from '@opora/platform/mail';
import { Settings } from '@opora/platform/settings';
import { IsNull, Not } from 'typeorm';
import { ChannelError } from './channels.errors';
import { type ImapAccount, type MailAccount, Mailbox } from './mailbox.entity';
import type {
  CreateMailbox,
  ImapAccountInput,
  ListMailboxes,
  MailAccountInput,
  MailboxCheckView,
  UpdateMailbox,
} from './mailboxes.dto';
import { checkImap, checkSmtp } from './mail/mail-account-check';

const SEAL = 'mailbox-password';
const KNOWN_MS = 5000;

/** From which address and name mail about a ticket is sent. */
export type SenderFacts = { mailboxId: string | null; name: string; address: string };

@Injectable()
export class Mailboxes implements OnModuleInit {
  private known?: { until: number; mailboxes: Promise<Mailbox[]> };

  constructor(
    private readonly db: Db,
    private readonly secrets: Secrets,
    private readonly settings: Settings,
    private readonly transports: MailTransports,
    private readonly live: Live,
  ) {}

  onModuleInit(): void {
    this.transports.registerAccounts((ctx, mailboxId) => this.smtpOf(ctx, mailboxId));
  }

  async list(ctx: Ctx, { cursor, limit }: ListMailboxes): Promise<Page<Mailbox>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const rows = await this.db.query<Mailbox>(
      ctx,
      `SELECT * FROM mailbox WHERE "archivedAt" IS NULL AND ($1::text IS NULL OR (lower(address), id) > ($1, $2::uuid)) ORDER BY lower(address), id LIMIT $3`,
      [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, (row) => keyset(row.address.toLowerCase(), row.id));
  }

  /** Every mailbox in use. Another process may learn of a change some seconds later. */
  active(ctx: Ctx): Promise<Mailbox[]> {
    if (this.known && this.known.until > Date.now()) return this.known.mailboxes;
    const mailboxes = this.db
      .repo({ ...ctx, tx: undefined }, Mailbox)
      .find({ where: { archivedAt: IsNull(), isActive: true }, order: { createdAt: 'ASC' } });
    this.known = { until: Date.now() + KNOWN_MS, mailboxes };
    mailboxes.catch(() => this.forget());
    return mailboxes;
  }

  private forget(): void {
    this.known = undefined;
  }

  async get(ctx: Ctx, id: string): Promise<Mailbox> {
    return (
      (await this.db.repo(ctx, Mailbox).findOneBy({ id, archivedAt: IsNull() })) ??
      raise(ChannelError.mailboxNotFound())
    );
  }

  /** The installation's own support address, in use also before there is any mailbox. */
  get supportAddress(): string {
    return `support@${this.settings.OPORA_MAIL_DOMAIN}`.toLowerCase();
  }

  /** From where mails are sent: the given mailbox while it is in use, else the default one, else the installation's address. */
  async senderFor(ctx: Ctx, mailboxId: string | null, organisationName: string): Promise<SenderFacts> {
    const mailboxes = await this.active(ctx);
    const chosen = mailboxes.find(({ id }) => id === mailboxId) ?? mailboxes.find(({ isDefault }) => isDefault);
    if (chosen) return { mailboxId: chosen.id, name: chosen.name, address: chosen.address };
    return { mailboxId: null, name: organisationName, address: this.supportAddress };
  }

  create(ctx: Ctx, input: CreateMailbox): Promise<Mailbox> {
    return this.db.tx(ctx, async (ctx) => {
      await this.checkReferences(ctx, input);
      const mailbox = Object.assign(new Mailbox(), {
        id: newId(),
        name: input.name,
        address: input.address.toLowerCase(),
        imap: input.imap ? this.imapAccount(input.imap, null) : null,
        smtp: input.smtp ? this.account(input.smtp, null, '/smtp') : null,
        isActive: input.isActive ?? true,
        isDefault: input.isDefault ?? false,
        defaultTeamId: input.defaultTeamId ?? null,
        defaultTypeId: input.defaultTypeId ?? null,
        uidValidity: null,
        lastUid: null,
        lastSeenAt: null,
        lastError: null,
        leasedBy: null,
        leasedUntil: null,
        createdAt: ctx.now(),
        archivedAt: null,
      } satisfies Mailbox);
      return this.save(ctx, mailbox);
    });
  }

  update(ctx: Ctx, id: string, input: UpdateMailbox): Promise<Mailbox> {
    return this.db.tx(ctx, async (ctx) => {
      await this.db.query(ctx, 'SELECT 1 FROM mailbox WHERE id = $1 FOR UPDATE', [id]);
      const mailbox = await this.get(ctx, id);
      await this.checkReferences(ctx, input);
      const before = mailbox.imap;
      if (input.imap !== undefined) mailbox.imap = input.imap && this.imapAccount(input.imap, before);
      if (input.smtp !== undefined) mailbox.smtp = input.smtp && this.account(input.smtp, mailbox.smtp, '/smtp');
      if (!isSameFolder(before, mailbox.imap))
        Object.assign(mailbox, { uidValidity: null, lastUid: null, lastError: null });
      const { name, address, isActive, isDefault, defaultTeamId, defaultTypeId } = input;
      const given = { name, address: address?.toLowerCase(), isActive, isDefault, defaultTeamId, defaultTypeId };
      Object.assign(mailbox, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
      return this.save(ctx, mailbox);
    });
  }

  /** Takes the mailbox out of use. The mails it brought stay in the journal. */
  async archive(ctx: Ctx, id: string): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const mailbox = await this.get(ctx, id);
      await this.db
        .repo(ctx, Mailbox)
        .update(
          { id: mailbox.id },
          { archivedAt: ctx.now(), isActive: false, isDefault: false, imap: null, smtp: null },
        );
      this.changed(ctx);
    });
  }

  /** Signs in to both servers and says what they answer. Fetches and sends nothing. */
  async test(ctx: Ctx, id: string): Promise<MailboxCheckView> {
    const { imap, smtp } = await this.get(ctx, id);
    const [imapCheck, smtpCheck] = await Promise.all([
      imap ? checkImap({ ...imap, password: this.open(imap) }) : null,
      smtp ? checkSmtp({ ...smtp, password: this.open(smtp) }) : null,
    ]);
    return { imap: imapCheck, smtp: smtpCheck };
  }

  /** The password of an account. */
  open({ sealedPassword }: MailAccount): string {
    return this.secrets.decrypt(SEAL, sealedPassword);
  }

  private async smtpOf(ctx: Ctx, id: string): Promise<SmtpAccount | null> {
    const smtp = (await this.db.repo(ctx, Mailbox).findOneBy({ id }))?.smtp;
    return smtp
      ? { host: smtp.host, port: smtp.port, secure: smtp.secure, user: smtp.user, password: this.open(smtp) }
      : null;
  }

  private async save(ctx: Ctx, mailbox: Mailbox): Promise<Mailbox> {
    const repo = this.db.repo(ctx, Mailbox);
    const taken = await repo.findOneBy({ address: mailbox.address, archivedAt: IsNull(), id: Not(mailbox.id) });
    if (taken) throw ChannelError.addressTaken({ address: mailbox.address });
    if (mailbox.isDefault) await repo.update({ isDefault: true, id: Not(mailbox.id) }, { isDefault: false });
    await repo.save(mailbox);
    this.changed(ctx);
    return mailbox;
  }

  private changed(ctx: Ctx): void {
    if (ctx.tx) ctx.tx.afterCommit.push(() => this.forget());
    this.live.touch(ctx, ['mailboxes'], 'staff');
  }

  private async checkReferences(ctx: Ctx, { defaultTeamId, defaultTypeId }: UpdateMailbox): Promise<void> {
    const [found] = await this.db.query<{ team: boolean; type: boolean }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM team WHERE id = $1 AND "archivedAt" IS NULL) AS team, EXISTS (SELECT 1 FROM ticket_type WHERE id = $2 AND "archivedAt" IS NULL) AS type`,
      [defaultTeamId ?? null, defaultTypeId ?? null],
    );
    if (defaultTeamId && !found?.team) throw fieldProblem('/defaultTeamId', 'channels.teamUnknown');
    if (defaultTypeId && !found?.type) throw fieldProblem('/defaultTypeId', 'channels.typeUnknown');
  }

  private imapAccount(input: ImapAccountInput, before: ImapAccount | null): ImapAccount {
    return { ...this.account(input, before, '/imap'), folder: input.folder ?? before?.folder ?? 'INBOX' };
  }

  /** A password left out stays only where server and login stay: otherwise it could be sent to a foreign server. */
  private account(
    { host, port, secure, user, password, acceptsAnyCertificate }: MailAccountInput,
    before: MailAccount | null,
    pointer: string,
  ): MailAccount {
    const isSame = before?.host === host && before.port === port && before.user === user;
    const sealedPassword =
      password !== undefined
        ? this.secrets.encrypt(SEAL, password)
        : isSame
          ? before.sealedPassword
          : raise(fieldProblem(`${pointer}/password`, 'channels.passwordRequired'));
    return {
      host,
      port,
      secure,
      user,
      sealedPassword,
      acceptsAnyCertificate: acceptsAnyCertificate ?? before?.acceptsAnyCertificate ?? false,
    };
  }
}

const isSameFolder = (a: ImapAccount | null, b: ImapAccount | null): boolean =>
  a?.host === b?.host && a?.port === b?.port && a?.user === b?.user && a?.folder === b?.folder;
