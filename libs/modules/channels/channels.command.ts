import { readFile } from 'node:fs/promises';
import { checked, Command, CommandError, type CommandInput, need } from '@opora/platform/cli';
import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Intake } from './intake.service';
import { CreateMailbox, toMailboxView } from './mailboxes.dto';
import { Mailboxes } from './mailboxes.service';

const IMPLICIT_TLS = { imap: 993, smtp: 465 };

/** Commands about mail: mailboxes, and mails that must be read again. */
@Injectable()
export class ChannelsCommands {
  constructor(
    private readonly mailboxes: Mailboxes,
    private readonly intake: Intake,
  ) {}

  @Command({
    name: 'mailbox add',
    summary: 'adds a mailbox that is fetched by IMAP, sent from by SMTP, or both',
    options: [
      { flags: '--name <name>', description: 'what recipients see as the sender' },
      { flags: '--address <email>', description: 'the address of the mailbox' },
      {
        flags: '--imap <host:port>',
        description: 'port 993 is TLS from the first byte, another one is upgraded when offered',
      },
      { flags: '--smtp <host:port>', description: 'port 465 is TLS from the first byte' },
      { flags: '--user <user>', description: 'login of both; the address, if left out' },
      {
        flags: '--password-file <file>',
        description: 'file whose first line is the password, so that it stays out of the process list',
      },
      { flags: '--folder <folder>', description: 'folder to fetch', default: 'INBOX' },
      { flags: '--default', description: 'mails about tickets that came another way are sent from here' },
    ],
    writes: true,
  })
  async add({ ctx, options }: CommandInput): Promise<object> {
    const address = need(options, 'address');
    const password = options.passwordFile
      ? (await readFile(need(options, 'passwordFile'), 'utf8')).split(/\r?\n/)[0]
      : undefined;
    const account = (protocol: 'imap' | 'smtp') => {
      if (typeof options[protocol] !== 'string') return undefined;
      const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(options[protocol]) ?? [];
      if (!host) throw new CommandError(`--${protocol} is written host:port`, 2);
      return {
        host,
        port: Number(port),
        secure: Number(port) === IMPLICIT_TLS[protocol],
        user: options.user ?? address,
        password,
      };
    };
    const imap = account('imap');
    const input = checked(CreateMailbox, {
      name: need(options, 'name'),
      address,
      imap: imap && { ...imap, folder: options.folder },
      smtp: account('smtp'),
      isDefault: options.default === true,
    });
    return { mailbox: toMailboxView(await this.mailboxes.create(ctx, input)) };
  }

  @Command({
    name: 'mailbox test',
    summary: 'signs in to both servers of a mailbox and says what they answer',
    arguments: ['<id>'],
  })
  async test({ ctx, args: [id = ''] }: CommandInput): Promise<object> {
    const check = await this.mailboxes.test(ctx, idOf(id));
    const failed = [check.imap, check.smtp].find((side) => side && !side.ok);
    if (failed) throw new CommandError(failed.error ?? 'the server refused');
    return check;
  }

  @Command({
    name: 'mail replay',
    summary: 'reads a held, ignored or failed mail again; `failed` reads every failed one',
    arguments: ['<id|failed>'],
    writes: true,
  })
  async replay({ ctx, args: [id = ''] }: CommandInput): Promise<object> {
    if (id === 'failed') return { replayed: await this.intake.replayFailed(ctx) };
    const row = await this.intake.replay(ctx, idOf(id));
    return { id: row.id, state: row.state };
  }

  @Command({
    name: 'mail import',
    summary: 'takes an .eml file in as if it had just arrived',
    arguments: ['<file>'],
    options: [{ flags: '--to <email>', description: 'the address it was sent to' }],
    writes: true,
  })
  async import({ ctx, args: [file = ''], options }: CommandInput): Promise<object> {
    const raw = await readFile(file).catch(() => undefined);
    if (!raw) throw new CommandError(`${file} cannot be read`);
    return { id: await this.intake.importEml(ctx, raw, typeof options.to === 'string' ? [options.to] : []) };
  }
}

function idOf(id: string): string {
  if (!isUUID(id)) throw new CommandError('the id is a UUID', 2);
  return id;
}
