import { ApiProperty } from '@nestjs/swagger';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  IsObject,
  IsBoolean,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { MailAccount, Mailbox } from './mailbox.entity';

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])$/i;
const ONE_LINE = /^[^\u0000-\u001f\u007f]*$/;

export class MailAccountInput {
  @ApiProperty({ example: 'imap.example.com' })
  @Trimmed()
  @IsString()
  @Matches(HOST)
  host: string;

  @ApiProperty({ example: 993 })
  @IsInt()
  @Min(1)
  @Max(65535)
  port: number;

  /** TLS from the first byte. Without it the connection is upgraded when the server offers that. */
  @ApiProperty({ example: true })
  @IsBoolean()
  secure: boolean;

  @ApiProperty({ example: 'support@example.com' })
  @IsString()
  @Length(1, 254)
  @Matches(ONE_LINE)
  user: string;

  /** Kept sealed and never shown. May be left out in a change that keeps the server and the login. */
  @ApiProperty({ example: 'secret', required: false })
  @Optional()
  @IsString()
  @Length(1, 1000)
  @Matches(ONE_LINE)
  password?: string;

  /** For a server of one's own whose certificate nobody has signed. */
  @Optional()
  @IsBoolean()
  acceptsAnyCertificate?: boolean;
}

export class ImapAccountInput extends MailAccountInput {
  @ApiProperty({ example: 'INBOX', required: false })
  @Optional()
  @IsString()
  @Length(1, 200)
  @Matches(ONE_LINE)
  folder?: string;
}

export class MailboxFields {
  /** How answers are fetched; null when mail comes through the SMTP listener. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ImapAccountInput)
  imap?: ImapAccountInput | null;

  /** How answers leave; null for the relay of the installation. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => MailAccountInput)
  smtp?: MailAccountInput | null;

  @Optional()
  @IsBoolean()
  isActive?: boolean;

  /** Mails about tickets that came another way are sent from here. */
  @Optional()
  @IsBoolean()
  isDefault?: boolean;

  /** Team of the tickets that this mailbox opens. */
  @IsOptional()
  @IsUUID()
  defaultTeamId?: string | null;

  /** Type of the tickets that this mailbox opens. */
  @IsOptional()
  @IsUUID()
  defaultTypeId?: string | null;
}

export class CreateMailbox extends MailboxFields {
  /** Name that recipients see as the sender. */
  @ApiProperty({ example: 'Служба поддержки' })
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @Matches(ONE_LINE)
  name: string;

  @ApiProperty({ example: 'support@example.com' })
  @Trimmed()
  @IsEmail({ require_tld: false })
  @Length(3, 254)
  address: string;
}

export class UpdateMailbox extends MailboxFields {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @Matches(ONE_LINE)
  name?: string;

  @Optional()
  @Trimmed()
  @IsEmail({ require_tld: false })
  @Length(3, 254)
  address?: string;
}

export class ListMailboxes extends PageQuery {}

/** An account without its password. */
export class MailAccountView {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  acceptsAnyCertificate: boolean;
}
export class ImapAccountView extends MailAccountView {
  folder: string;
}

export class MailboxView {
  id: string;
  name: string;
  address: string;
  imap: ImapAccountView | null;
  smtp: MailAccountView | null;
  isActive: boolean;
  isDefault: boolean;
  defaultTeamId: string | null;
  defaultTypeId: string | null;
  /** The last time the mail server answered; null before the first. */
  lastSeenAt: string | null;
  /** What went wrong in the last try; null when nothing did. */
  lastError: string | null;
  createdAt: string;
}

const toAccountView = ({ host, port, secure, user, acceptsAnyCertificate }: MailAccount): MailAccountView => ({
  host,
  port,
  secure,
  user,
  acceptsAnyCertificate,
});

export const toMailboxView = (mailbox: Mailbox): MailboxView => ({
  id: mailbox.id,
  name: mailbox.name,
  address: mailbox.address,
  imap: mailbox.imap && { ...toAccountView(mailbox.imap), folder: mailbox.imap.folder },
  smtp: mailbox.smtp && toAccountView(mailbox.smtp),
  isActive: mailbox.isActive,
  isDefault: mailbox.isDefault,
  defaultTeamId: mailbox.defaultTeamId,
  defaultTypeId: mailbox.defaultTypeId,
  lastSeenAt: mailbox.lastSeenAt?.toISOString() ?? null,
  lastError: mailbox.lastError,
  createdAt: mailbox.createdAt.toISOString(),
});

/** What one connection of a test gave. */
export class ConnectionCheckView {
  ok: boolean;
  /** Why not, in words of the server or the network; null when it is well. */
  error: string | null;
}

/** Null: the mailbox has no such account. */
export class MailboxCheckView {
  imap: ConnectionCheckView | null;
  smtp: ConnectionCheckView | null;
}
