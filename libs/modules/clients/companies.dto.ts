import type { Ctx } from '@opora/platform/context';
import { Flag, Optional } from '@opora/platform/http';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsOptional,
  IsTimeZone,
  IsUrl,
  IsUUID,
  Length,
  MaxLength,
} from 'class-validator';
import { seesContacts } from './clients.access';
import type { ShownFields } from './client-fields.service';
import {
  ClientCan,
  CustomFieldsInput,
  DirectoryQuery,
  NameRef,
  ResponsibleView,
  WithCustomFields,
} from './clients.dto';
import type { Company } from './company.entity';
import { AreDomains } from './contact-lists';
import { IsExternalIds } from './external-ids';
import { IsInn } from './inn';
import { IsPhone } from './phone';
import { EmptyIsNull, Lines, Lowercase, OneLine } from './plain-text';

export const COMPANY_KINDS = ['client', 'partner', 'supplier'] as const;
export type CompanyKind = (typeof COMPANY_KINDS)[number];

export class ListCompanies extends DirectoryQuery {
  @IsOptional()
  @IsUUID()
  categoryId?: string;

  @IsOptional()
  @IsIn(COMPANY_KINDS)
  kind?: CompanyKind;

  @IsOptional()
  @IsUUID()
  responsibleEmployeeId?: string;

  @IsOptional()
  @IsUUID()
  responsibleTeamId?: string;

  /** Name of another system; together with `externalId`. */
  @IsOptional()
  @MaxLength(50)
  externalSystem?: string;

  @IsOptional()
  @MaxLength(200)
  externalId?: string;
}

/** What a company is made of. */
export class CompanyFields {
  /** Short name, shown in every list. */
  @ApiProperty({ example: 'Ромашка Ритейл' })
  @OneLine()
  @Length(1, 300)
  name: string;

  /** Full legal name. */
  @ApiProperty({ example: 'ООО «Ромашка Ритейл»', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @Length(1, 500)
  additionalName?: string | null;

  @ApiProperty({ example: 'https://romashka.example', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @MaxLength(300)
  @IsUrl({ protocols: ['http', 'https'], require_tld: true })
  site?: string | null;

  @ApiProperty({ example: 'office@romashka.example', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @Lowercase()
  @MaxLength(254)
  @IsEmail()
  email?: string | null;

  @ApiProperty({ example: '8 (495) 123-45-67', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @IsPhone()
  phone?: string | null;

  @ApiProperty({ example: 'Москва, Ленинский проспект, 1', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @Length(1, 500)
  address?: string | null;

  @IsOptional()
  @IsNumber()
  @IsLatitude()
  latitude?: number | null;

  @IsOptional()
  @IsNumber()
  @IsLongitude()
  longitude?: number | null;

  @IsOptional()
  @EmptyIsNull()
  @Lines()
  @Length(1, 10_000)
  comment?: string | null;

  /** Russian tax number, 10 or 12 digits. */
  @ApiProperty({ example: '7707083893', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @IsInn()
  inn?: string | null;

  /** IANA name; service objects inherit it. */
  @ApiProperty({ example: 'Europe/Moscow', required: false, nullable: true, type: String })
  @IsOptional()
  @EmptyIsNull()
  @MaxLength(64)
  @IsTimeZone()
  timeZone?: string | null;

  /** We serve it. True if left out on creation. */
  @Optional()
  @IsBoolean()
  isClient?: boolean;

  /** It works for our clients with us. */
  @Optional()
  @IsBoolean()
  isPartner?: boolean;

  @Optional()
  @IsBoolean()
  isSupplier?: boolean;

  /** Person who gets the company's tickets by default. */
  @IsOptional()
  @IsUUID()
  responsibleEmployeeId?: string | null;

  /** Team that gets the company's tickets by default. */
  @IsOptional()
  @IsUUID()
  responsibleTeamId?: string | null;

  /** The company's id in other systems, by the system's name. */
  @ApiProperty({
    example: { '1c': '000001234' },
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  @Optional()
  @IsExternalIds()
  externalIds?: Record<string, string>;

  /** Domains of the company's mail addresses. They suggest the company, they give nobody a right. */
  @ApiProperty({ example: ['romashka.example'], required: false, type: [String] })
  @Optional()
  @AreDomains()
  emailDomains?: string[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  categoryIds?: string[];

  @CustomFieldsInput()
  customFields?: Record<string, unknown>;
}

export class CreateCompany extends CompanyFields {
  /** Accepts a company that shares the tax number, phone or domain with another. */
  @Optional()
  @Flag()
  @IsBoolean()
  confirmDuplicate?: boolean;
}

export class UpdateCompany extends PartialType(CreateCompany, { skipNullProperties: false }) {}

/** A category on a company. */
export class CategoryRef {
  id: string;
  code: string;
  name: string;
  color: string;
}

export class CompanyView extends WithCustomFields {
  id: string;
  name: string;
  additionalName: string | null;
  site: string | null;
  /** Null also when contacts are hidden from the asker: see `contactsHidden`. */
  email: string | null;
  phone: string | null;
  /** True when the asker's role or line does not see phones and addresses. */
  contactsHidden: boolean;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  comment: string | null;
  inn: string | null;
  timeZone: string | null;
  isClient: boolean;
  isPartner: boolean;
  isSupplier: boolean;
  responsible: ResponsibleView;
  categories: CategoryRef[];
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  externalIds: Record<string, string>;
  emailDomains: string[];
  /** Active contacts. */
  contactCount: number;
  /** Service objects outside the archive. */
  objectCount: number;
  archivedAt: string | null;
  createdAt: string;
  version: number;
  can: ClientCan;
}

/** A company as it is read: its row with names and counts. */
export type CompanyRow = Company & {
  sortName: string;
  employee: NameRef | null;
  team: NameRef | null;
  categories: CategoryRef[];
  contactCount: number;
  objectCount: number;
  isManaged: boolean;
  shownFields: ShownFields;
};

export function toCompanyView(ctx: Ctx, row: CompanyRow): CompanyView {
  const shown = seesContacts(ctx.actor);
  return {
    id: row.id,
    name: row.name,
    additionalName: row.additionalName,
    site: row.site,
    email: shown ? row.email : null,
    phone: shown ? row.phone : null,
    contactsHidden: !shown,
    address: row.address,
    latitude: row.latitude,
    longitude: row.longitude,
    comment: row.comment,
    inn: row.inn,
    timeZone: row.timeZone,
    isClient: row.isClient,
    isPartner: row.isPartner,
    isSupplier: row.isSupplier,
    responsible: { employee: row.employee, team: row.team },
    categories: row.categories,
    externalIds: row.externalIds,
    emailDomains: row.emailDomains,
    contactCount: row.contactCount,
    objectCount: row.objectCount,
    customFields: row.shownFields.values,
    customFieldTexts: row.shownFields.texts,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    can: { manage: row.isManaged },
  };
}
