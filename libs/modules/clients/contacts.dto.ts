import type { Ctx, Locale } from '@opora/platform/context';
import { Flag, Optional } from '@opora/platform/http';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsObject,
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { seesContacts } from './clients.access';
import type { ShownFields } from './client-fields.service';
import { CustomFieldsInput, DirectoryQuery, NameRef, WithCustomFields } from './clients.dto';
import type { Contact } from './contact.entity';
import { AreEmails, ArePhones } from './contact-lists';
import { EmptyIsNull, Lines, Lowercase, OneLine } from './plain-text';

export class ListContacts extends DirectoryQuery {
  /** People of this company. */
  @IsOptional()
  @IsUUID()
  companyId?: string;

  /** Only people who belong to no company yet. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  withoutCompany?: boolean;
}

/** Who is behind an address or a phone; one of the two. */
export class LookupContact {
  @IsOptional()
  @Lowercase()
  @MaxLength(254)
  @IsEmail()
  email?: string;

  /** In any usual notation. */
  @IsOptional()
  @OneLine()
  @IsString()
  @MaxLength(64)
  phone?: string;
}

/** A contact's place and rights in a company; what is left out is no. */
export class MembershipFields {
  /** Sees every ticket of the company, not only his own. */
  @Optional()
  @IsBoolean()
  seesCompany?: boolean;

  /** Closes any ticket he sees, not only his own. */
  @Optional()
  @IsBoolean()
  closesCompany?: boolean;

  /** Manages the company's people and their rights. */
  @Optional()
  @IsBoolean()
  isAdmin?: boolean;

  /** Limits his reach to these service objects and what lies below them; empty: no limit. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  objectIds?: string[];

  /** Position in this company. */
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @Length(1, 200)
  position?: string | null;
}

export class NewMembership extends MembershipFields {
  @IsUUID()
  companyId: string;
}

export class ContactFields {
  @ApiProperty({ example: 'Мария Петрова' })
  @OneLine()
  @Length(1, 200)
  name: string;

  @ApiProperty({ example: 'Директор магазина', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @Length(1, 200)
  position?: string | null;

  /** Telegram name without `@`. */
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @Matches(/^[A-Za-z]\w{3,31}$/)
  telegram?: string | null;

  /** Language of the portal and of mails to him. */
  @Optional()
  @IsIn(['ru', 'en'])
  locale?: Locale;

  @IsOptional()
  @EmptyIsNull()
  @Lines()
  @Length(1, 10_000)
  comment?: string | null;

  /** Addresses, the first is the main one and the portal's login. Each belongs to one active contact. */
  @ApiProperty({ example: ['maria@romashka.example'], required: false, type: [String] })
  @Optional()
  @AreEmails()
  emails?: string[];

  /** Phones in any usual notation, the first is the main one. */
  @ApiProperty({ example: ['8 (916) 123-45-67'], required: false, type: [String] })
  @Optional()
  @ArePhones()
  phones?: string[];

  @CustomFieldsInput()
  customFields?: Record<string, unknown>;
}

export class CreateContact extends ContactFields {
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NewMembership)
  memberships?: NewMembership[];
}

export class UpdateContact extends PartialType(ContactFields, { skipNullProperties: false }) {}

export const INVITE_METHODS = ['link', 'password'] as const;

export class InviteContact {
  /** `link` mails a one-time link; `password` issues a password that must be changed and shows it once. */
  @Optional()
  @IsIn(INVITE_METHODS)
  method?: (typeof INVITE_METHODS)[number];
}

export class InvitationView {
  login: string;
  /** Shown once; null when a link was mailed. */
  issuedPassword: string | null;
  /** Where the link was mailed to; null when a password was issued. */
  sentTo: string | null;
}

export class ContactEmailView {
  email: string;
  isPrimary: boolean;
}

export class ContactPhoneView {
  /** +79161234567 */
  e164: string;
  /** As it was entered. */
  raw: string;
  isPrimary: boolean;
}

export class MembershipView {
  company: NameRef;
  isCompanyArchived: boolean;
  seesCompany: boolean;
  closesCompany: boolean;
  isAdmin: boolean;
  /** Empty: the whole company. */
  objects: NameRef[];
  position: string | null;
}

export class ContactCan {
  manage: boolean;
}

export class ContactView extends WithCustomFields {
  id: string;
  name: string;
  position: string | null;
  telegram: string | null;
  locale: Locale;
  comment: string | null;
  /** Empty also when contacts are hidden from the asker: see `contactsHidden`. */
  emails: ContactEmailView[];
  phones: ContactPhoneView[];
  contactsHidden: boolean;
  memberships: MembershipView[];
  /** A password for the portal has been issued or set. A one-time link works without. */
  hasPassword: boolean;
  archivedAt: string | null;
  createdAt: string;
  version: number;
  can: ContactCan;
}

/** A contact as it is read: its row with addresses and companies. */
export type ContactRow = Contact & {
  sortName: string;
  emails: ContactEmailView[];
  phones: ContactPhoneView[];
  memberships: MembershipView[];
  hasPassword: boolean;
  isManaged: boolean;
  shownFields: ShownFields;
};

export function toContactView(ctx: Ctx, row: ContactRow): ContactView {
  const shown = seesContacts(ctx.actor);
  return {
    id: row.id,
    name: row.name,
    position: row.position,
    telegram: shown ? row.telegram : null,
    locale: row.locale,
    comment: row.comment,
    emails: shown ? row.emails : [],
    phones: shown ? row.phones : [],
    contactsHidden: !shown,
    memberships: row.memberships,
    hasPassword: row.hasPassword,
    customFields: row.shownFields.values,
    customFieldTexts: row.shownFields.texts,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    can: { manage: row.isManaged },
  };
}

/** The main address, if he has any. */
export const primaryEmailOf = (row: Pick<ContactRow, 'emails'>): string | undefined => row.emails[0]?.email;
