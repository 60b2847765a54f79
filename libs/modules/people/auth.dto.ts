import type { Locale } from '@opora/platform/context';
import { LOCALES } from '@opora/platform/context';
import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsTimeZone, Length, MaxLength } from 'class-validator';
import { TeamRef } from './employees.dto';
import { PASSWORD_LENGTH } from './passwords';
import { EmailAddress, Login, Password, Phone } from './people-text';
import type { Session, SignInMethod } from './session.entity';

export class SignInInput {
  @ApiProperty({ example: 'ivanova@example.com' })
  @Login()
  login: string;

  @Password(1, 1000)
  password: string;

  /** Code of the authenticator app or a recovery code; asked by 401 `auth.totpRequired`. */
  @Optional()
  @IsString()
  @MaxLength(40)
  totp?: string;
}

export class PortalSignIn {
  @ApiProperty({ example: 'client@example.com' })
  @Login()
  login: string;

  @Password(1, 1000)
  password: string;
}

export class RequestLink {
  @ApiProperty({ example: 'client@example.com' })
  @EmailAddress()
  email: string;
}

export class RedeemLink {
  /** What stands after `#token=` in the link. */
  @IsString()
  @Length(1, 200)
  token: string;
}

export class ChangePassword {
  @Password(1, 1000)
  current: string;

  @Password(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  next: string;
}

export class ChangePortalPassword {
  /** Not asked for half an hour after signing in by a link. */
  @Optional()
  @Password(1, 1000)
  current?: string;

  @Password(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  next: string;
}

export class TotpCode {
  /** Six digits of the authenticator app, or a recovery code where one is allowed. */
  @ApiProperty({ example: '123456' })
  @IsString()
  @Length(6, 40)
  code: string;
}

export class UpdateMe {
  @Optional()
  @IsIn(LOCALES)
  locale?: Locale;

  /** IANA name; null means the organisation's time zone. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;

  @IsOptional()
  @Phone()
  phone?: string | null;
}

export class MeView {
  id: string;
  kind: 'employee';
  name: string;
  email: string;
  phone: string | null;
  locale: Locale;
  timeZone: string | null;
  teams: TeamRef[];
  permissions: string[];
  /** False when the person's lines or roles forbid writing to clients. */
  mayWriteToClients: boolean;
  /** False when the person's lines or roles hide clients' phones and addresses. */
  seesClientContacts: boolean;
  mustChangePassword: boolean;
  totpEnabled: boolean;
}

export class SignedInView {
  /** Bearer token for `Authorization`; lives ten minutes. */
  accessToken: string;
  expiresAt: string;
  /** Until the issued password is replaced, only the routes of the own account answer. */
  mustChangePassword: boolean;
  me: MeView;
}

export class PortalSignedInView {
  /** Bearer token for `Authorization`; lives ten minutes. */
  accessToken: string;
  expiresAt: string;
  mustChangePassword: boolean;
}

export class SessionView {
  id: string;
  /** What the browser says of itself. */
  userAgent: string;
  ip: string;
  method: SignInMethod;
  createdAt: string;
  lastUsedAt: string;
  /** This very session. */
  isCurrent: boolean;
}

export class TotpSecretView {
  /** Base32, for typing in. */
  secret: string;
  /** `otpauth://` address for a QR code. */
  uri: string;
}

export class RecoveryCodesView {
  /** Shown once; each works once. */
  recoveryCodes: string[];
}

export const toSessionView = (session: Session, currentId: string | undefined): SessionView => ({
  id: session.id,
  userAgent: session.userAgent,
  ip: session.ip,
  method: session.method,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  isCurrent: session.id === currentId,
});
