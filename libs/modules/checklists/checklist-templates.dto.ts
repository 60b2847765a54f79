import { Flag, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  AXES,
  type Axis,
  ITEM_KINDS,
  type ItemFacts,
  type ItemKind,
  MAX_ITEMS,
  RESULT_KINDS,
  type ResultKind,
} from './checklist-item';
import { ChecklistItemInput, ResultLimitsInput } from './checklist-items.dto';

export class CreateChecklistTemplate {
  @ApiProperty({ example: 'Ввод кассы в работу' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name: string;

  /** Ticket types it is for; empty means every type. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  typeIds?: string[];

  /** Put on every new ticket of these types by itself. */
  @Optional()
  @IsBoolean()
  isAutomatic?: boolean;

  /** Repeated for each of several people or objects: a matrix. */
  @ApiProperty({ enum: AXES, required: false, nullable: true })
  @IsOptional()
  @IsIn(AXES)
  axis?: Axis | null;

  /** Headings and items in order, at most 200. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ChecklistItemInput)
  items?: ChecklistItemInput[];
}

export class UpdateChecklistTemplate extends PartialType(CreateChecklistTemplate) {}

export class ListChecklistTemplates extends PageQuery {
  /** Words of the name. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** Only those for tickets of this type. */
  @IsOptional()
  @IsUUID()
  typeId?: string;

  /** Those out of use instead. */
  @ApiProperty({ required: false })
  @IsOptional()
  @Flag()
  @IsBoolean()
  archived?: boolean;
}

export class ChecklistNameRef {
  id: string;
  name: string;
}

export class ChecklistTemplateItemView implements ItemFacts {
  @ApiProperty({ enum: ITEM_KINDS })
  kind: ItemKind;
  title: string;
  hint: string;
  isRequired: boolean;
  requiredTo: string[];
  requiredFrom: string[];
  isClientVisible: boolean;
  @ApiProperty({ enum: RESULT_KINDS })
  resultKind: ResultKind;
  resultLimits: ResultLimitsInput;
  assigneeId: string | null;
  assignee: ChecklistNameRef | null;
  plannedSeconds: number | null;
}

export class ChecklistTemplateRowView {
  id: string;
  name: string;
  types: ChecklistNameRef[];
  isAutomatic: boolean;
  @ApiProperty({ enum: AXES, nullable: true })
  axis: Axis | null;
  itemCount: number;
  version: number;
  archivedAt: string | null;
  updatedAt: string;
}

export class ChecklistTemplateView extends ChecklistTemplateRowView {
  items: ChecklistTemplateItemView[];
}

export type TemplateRow = {
  id: string;
  name: string;
  types: ChecklistNameRef[];
  isAutomatic: boolean;
  axis: Axis | null;
  itemCount: number;
  version: number;
  archivedAt: Date | null;
  updatedAt: Date;
  items?: ItemFacts[];
  names?: Record<string, string>;
};

export const toTemplateRowView = (row: TemplateRow): ChecklistTemplateRowView => ({
  id: row.id,
  name: row.name,
  types: row.types,
  isAutomatic: row.isAutomatic,
  axis: row.axis,
  itemCount: row.itemCount,
  version: row.version,
  archivedAt: row.archivedAt?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
});

export const toTemplateView = (row: TemplateRow): ChecklistTemplateView => ({
  ...toTemplateRowView(row),
  items: (row.items ?? []).map((item) => ({
    kind: item.kind,
    title: item.title,
    hint: item.hint,
    isRequired: item.isRequired,
    requiredTo: item.requiredTo,
    requiredFrom: item.requiredFrom,
    isClientVisible: item.isClientVisible,
    resultKind: item.resultKind,
    resultLimits: item.resultLimits,
    assigneeId: item.assigneeId,
    assignee: item.assigneeId ? { id: item.assigneeId, name: row.names?.[item.assigneeId] ?? '' } : null,
    plannedSeconds: item.plannedSeconds,
  })),
});
