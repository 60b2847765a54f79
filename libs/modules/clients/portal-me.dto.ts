import type { Locale } from '@opora/platform/context';
import { Optional, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { CustomFieldsInput, NameRef, WithCustomFields } from './clients.dto';
import { IsPhone } from './phone';
import { EmptyIsNull, OneLine } from './plain-text';
import { OBJECT_KINDS, type ObjectKind } from './service-object.entity';

export class UpdatePortalMe {
  @Optional()
  @OneLine()
  @Length(1, 200)
  name?: string;

  @Optional()
  @IsIn(['ru', 'en'])
  locale?: Locale;

  /** The main phone; null removes it. */
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @IsPhone()
  phone?: string | null;

  @CustomFieldsInput()
  customFields?: Record<string, unknown>;
}

export class PortalRightsView {
  seesCompany: boolean;
  closesCompany: boolean;
  isAdmin: boolean;
}

export class PortalCompanyView {
  id: string;
  name: string;
  rights: PortalRightsView;
}

export class PortalMeView extends WithCustomFields {
  id: string;
  @ApiProperty({ enum: ['contact'] })
  kind: 'contact';
  name: string;
  email: string | null;
  phone: string | null;
  locale: Locale;
  companies: PortalCompanyView[];
  mustChangePassword: boolean;
  /** A password has been set; without one he signs in by a mailed link. */
  hasPassword: boolean;
}

export class ListPortalObjects extends PageQuery {
  @IsOptional()
  @IsUUID()
  companyId?: string;

  @IsOptional()
  @OneLine()
  @IsString()
  @MaxLength(200)
  q?: string;
}

/** A service object to choose when filing a ticket. */
export class PortalObjectView extends WithCustomFields {
  id: string;
  companyId: string;
  parentId: string | null;
  name: string;
  @ApiProperty({ enum: OBJECT_KINDS })
  kind: ObjectKind;
  /** From the top of the reachable tree down to the parent. */
  ancestors: NameRef[];
  /** Its own, or the nearest above it. */
  address: string | null;
}
