import type { Ctx } from '@opora/platform/context';
import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsObject,
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsTicketSort } from './ticket-filter-keys';
import {
  CALENDAR_FIELDS,
  type CalendarField,
  IsViewColumn,
  MAX_VIEW_COLUMNS,
  ROW_TINTS,
  type RowTint,
  type SavedView,
  VIEW_LAYOUTS,
  type ViewColumn,
  type ViewLayout,
} from './ticket-view.entity';

const ICON = /^[a-z][a-z0-9-]{0,39}$/;

export class RuleLabel {
  @Trimmed()
  @IsString()
  @Length(1, 80)
  ru: string;
  @Trimmed()
  @IsString()
  @Length(1, 80)
  en: string;
}

/** Colours the rows that satisfy a filter. */
export class ColorRuleInput {
  /** Filter; names wanted rows. */
  @IsString()
  @Length(1, 500)
  @ApiProperty({ example: 'priority:critical is:open' })
  if: string;

  @IsIn(ROW_TINTS)
  tint: RowTint;

  /** Name of the icon shown beside the colour. */
  @Matches(ICON)
  @ApiProperty({ example: 'flame' })
  icon: string;

  @ValidateNested()
  @Type(() => RuleLabel)
  label: RuleLabel;
}

export class CreateSavedView {
  @Trimmed()
  @IsString()
  @Length(1, 80)
  @ApiProperty({ example: 'Критические у сети магазинов' })
  name: string;

  /** Filter of the view; empty shows everything. */
  @IsString()
  @MaxLength(500)
  @ApiProperty({ example: 'is:open priority:>=high' })
  query: string;

  /** Shared with colleagues: needs the permission for shared views. Otherwise the view is its maker's own. */
  @Optional()
  @IsBoolean()
  isShared?: boolean;

  /** A shared view only for these roles. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  roleCodes?: string[] | null;

  /** A shared view only for these teams. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  teamIds?: string[] | null;

  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_VIEW_COLUMNS)
  @ArrayUnique()
  @IsViewColumn({ each: true })
  @ApiProperty({ type: [String], required: false, example: ['number', 'subject', 'cf.serial'] })
  columns?: ViewColumn[];

  @IsOptional()
  @IsTicketSort()
  sort?: string | null;

  /** The first rule that fits colours the row. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(12)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ColorRuleInput)
  colorRules?: ColorRuleInput[];

  /** How the view is shown. */
  @Optional()
  @IsIn(VIEW_LAYOUTS)
  layout?: ViewLayout;

  /** By what its calendar puts tickets on days. */
  @Optional()
  @IsIn(CALENDAR_FIELDS)
  calendarField?: CalendarField;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  position?: number;

  @Optional()
  @Matches(ICON)
  icon?: string;
}

export class UpdateSavedView {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 80)
  name?: string;

  @Optional()
  @IsString()
  @MaxLength(500)
  query?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  roleCodes?: string[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  teamIds?: string[] | null;

  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_VIEW_COLUMNS)
  @ArrayUnique()
  @IsViewColumn({ each: true })
  @ApiProperty({ type: [String], required: false, example: ['number', 'subject', 'cf.serial'] })
  columns?: ViewColumn[];

  @IsOptional()
  @IsTicketSort()
  sort?: string | null;

  @Optional()
  @IsArray()
  @ArrayMaxSize(12)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ColorRuleInput)
  colorRules?: ColorRuleInput[];

  /** How the view is shown. */
  @Optional()
  @IsIn(VIEW_LAYOUTS)
  layout?: ViewLayout;

  /** By what its calendar puts tickets on days. */
  @Optional()
  @IsIn(CALENDAR_FIELDS)
  calendarField?: CalendarField;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  position?: number;

  @Optional()
  @Matches(ICON)
  icon?: string;
}

export class RuleLabelView {
  ru: string;
  en: string;
}

export class ColorRuleView {
  if: string;
  @ApiProperty({ enum: ROW_TINTS })
  tint: RowTint;
  icon: string;
  label: RuleLabelView;
}

/** «Представление»: a saved filter with its counter. */
export class SavedViewView {
  id: string;
  name: string;
  isShared: boolean;
  canEdit: boolean;
  query: string;
  columns: string[];
  sort: string | null;
  colorRules: ColorRuleView[];
  @ApiProperty({ enum: VIEW_LAYOUTS })
  layout: ViewLayout;
  @ApiProperty({ enum: CALENDAR_FIELDS })
  calendarField: CalendarField;
  icon: string;
  position: number;
  roleCodes: string[] | null;
  teamIds: string[] | null;
  /** How many rows the view shows to the reader. */
  count: number;
}

export class ViewCounterView {
  id: string;
  count: number;
}

export const toSavedViewView = (ctx: Ctx, view: SavedView, count: number, canEdit: boolean): SavedViewView => ({
  id: view.id,
  name: view.name[ctx.locale],
  isShared: view.ownerId === null,
  canEdit,
  query: view.query,
  columns: view.columns,
  sort: view.sort,
  colorRules: view.colorRules,
  layout: view.layout,
  calendarField: view.calendarField,
  icon: view.icon,
  position: view.position,
  roleCodes: view.roleCodes,
  teamIds: view.teamIds,
  count,
});
