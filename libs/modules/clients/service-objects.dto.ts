import { Optional } from '@opora/platform/http';
import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import {
  IsIn,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsOptional,
  IsTimeZone,
  IsUUID,
  Length,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import type { ShownFields } from './client-fields.service';
import {
  ARCHIVE_STATES,
  type ArchiveState,
  ClientCan,
  CustomFieldsInput,
  DirectoryQuery,
  NameRef,
  ResponsibleView,
  WithCustomFields,
} from './clients.dto';
import { IsExternalIds } from './external-ids';
import type { Effective } from './object-inheritance';
import { EmptyIsNull, Lines, OneLine } from './plain-text';
import { OBJECT_KINDS, type ObjectKind, type ServiceObject } from './service-object.entity';

export class ListServiceObjects extends DirectoryQuery {
  @IsOptional()
  @IsUUID()
  companyId?: string;

  /** Only what lies directly in this object. */
  @IsOptional()
  @IsUUID()
  parentId?: string;

  /** This object and everything below it. */
  @IsOptional()
  @IsUUID()
  within?: string;

  @IsOptional()
  @IsIn(OBJECT_KINDS)
  kind?: ObjectKind;
}

export class ObjectTreeQuery {
  @IsOptional()
  @IsIn(ARCHIVE_STATES)
  state?: ArchiveState;
}

export class CreateServiceObject {
  @IsUUID()
  companyId: string;

  /** The object it lies in; none for the top of the tree. */
  @IsOptional()
  @IsUUID()
  parentId?: string | null;

  @ApiProperty({ example: 'Магазин № 12' })
  @OneLine()
  @Length(1, 300)
  name: string;

  @ApiProperty({ enum: OBJECT_KINDS, example: 'shop', required: false })
  @Optional()
  @IsIn(OBJECT_KINDS)
  kind?: ObjectKind;

  /** Empty: inherited from the parent or the company. */
  @ApiProperty({ example: 'Тула, проспект Ленина, 5', required: false, nullable: true, type: String })
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

  /** IANA name. Empty: inherited. */
  @IsOptional()
  @EmptyIsNull()
  @MaxLength(64)
  @IsTimeZone()
  timeZone?: string | null;

  /** Person who gets the object's tickets by default. */
  @IsOptional()
  @IsUUID()
  responsibleEmployeeId?: string | null;

  @IsOptional()
  @IsUUID()
  responsibleTeamId?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @Lines()
  @Length(1, 10_000)
  comment?: string | null;

  @ApiProperty({
    example: { '1c': '000000077' },
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  @Optional()
  @IsExternalIds()
  externalIds?: Record<string, string>;

  @CustomFieldsInput()
  customFields?: Record<string, unknown>;
}

/** Where an object lies is changed by `move`. */
export class UpdateServiceObject extends PartialType(OmitType(CreateServiceObject, ['companyId', 'parentId']), {
  skipNullProperties: false,
}) {}

export class MoveServiceObject {
  /** The new parent; null for the top of the tree. */
  @ValidateIf((_, value) => value !== null)
  @IsUUID()
  parentId: string | null;
}

export class OriginView {
  @ApiProperty({ enum: ['object', 'company'] })
  kind: 'object' | 'company';
  id: string;
  name: string;
}

export class InheritedText {
  value: string;
  /** Where the value was entered: the object itself, one above it, or the company. */
  from: OriginView;
}

export class InheritedResponsible {
  value: ResponsibleView;
  from: OriginView;
}

export class EffectiveView {
  address: InheritedText | null;
  timeZone: InheritedText | null;
  responsible: InheritedResponsible | null;
}

export class ServiceObjectRowView extends WithCustomFields {
  id: string;
  company: NameRef;
  parentId: string | null;
  /** From the top of the tree down to the parent. */
  ancestors: NameRef[];
  name: string;
  @ApiProperty({ enum: OBJECT_KINDS })
  kind: ObjectKind;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  timeZone: string | null;
  responsible: ResponsibleView;
  comment: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  externalIds: Record<string, string>;
  archivedAt: string | null;
  createdAt: string;
  version: number;
  can: ClientCan;
}

export class ServiceObjectView extends ServiceObjectRowView {
  /** What holds for the object, with what it inherits. */
  effective: EffectiveView;
}

/** A node of the tree; parents come before what lies in them. */
export class ObjectNodeView {
  id: string;
  parentId: string | null;
  /** 1 is the top. */
  depth: number;
  name: string;
  @ApiProperty({ enum: OBJECT_KINDS })
  kind: ObjectKind;
  address: string | null;
  archivedAt: string | null;
  childCount: number;
}

/** An object as it is read: its row with names. */
export type ServiceObjectRow = ServiceObject & {
  sortName: string;
  companyName: string;
  ancestors: NameRef[];
  employee: NameRef | null;
  team: NameRef | null;
  isManaged: boolean;
  shownFields: ShownFields;
};

export const toServiceObjectRowView = (row: ServiceObjectRow): ServiceObjectRowView => ({
  id: row.id,
  company: { id: row.companyId, name: row.companyName },
  parentId: row.parentId,
  ancestors: row.ancestors,
  name: row.name,
  kind: row.kind,
  address: row.address,
  latitude: row.latitude,
  longitude: row.longitude,
  timeZone: row.timeZone,
  responsible: { employee: row.employee, team: row.team },
  comment: row.comment,
  externalIds: row.externalIds,
  customFields: row.shownFields.values,
  customFieldTexts: row.shownFields.texts,
  archivedAt: row.archivedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
  can: { manage: row.isManaged },
});

export const toServiceObjectView = (row: ServiceObjectRow & { effective: Effective }): ServiceObjectView => ({
  ...toServiceObjectRowView(row),
  effective: row.effective,
});
