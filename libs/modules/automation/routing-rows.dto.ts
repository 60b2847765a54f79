import { type Condition, ConditionInput } from '@opora/modules/fields';
import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
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
  Min,
} from 'class-validator';
import { REROUTES, type Reroutes, ROUTING_HOURS, type RoutingHours, type RoutingRow } from './routing-row.entity';

export const MAX_ROUTING_ROWS = 500;

/** No control characters: the name is shown in histories and lists. */
const ONE_LINE = /^[^\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]*$/u;

export class CreateRoutingRow {
  @ApiProperty({ example: 'Картриджи' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  @Matches(ONE_LINE)
  name: string;

  /** Its place in the table, the first being 1; the last place when left out. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_ROUTING_ROWS)
  position?: number;

  @Optional()
  @IsBoolean()
  isActive?: boolean;

  @ConditionInput()
  when: Condition;

  /** Whether the ticket must come inside or outside the hours of the calendar. */
  @ApiPropertyOptional({ enum: ROUTING_HOURS })
  @Optional()
  @IsIn(ROUTING_HOURS)
  hours?: RoutingHours;

  /** The working calendar the hours are of. */
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  /** The team that gets the ticket. */
  @IsUUID()
  teamId: string;

  /** And a person, if he is there. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;
}

export class UpdateRoutingRow {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  @Matches(ONE_LINE)
  name?: string;

  /** Its place in the table, the first being 1. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_ROUTING_ROWS)
  position?: number;

  @Optional()
  @IsBoolean()
  isActive?: boolean;

  @Optional()
  @ConditionInput()
  when?: Condition;

  /** Whether the ticket must come inside or outside the hours of the calendar. */
  @ApiPropertyOptional({ enum: ROUTING_HOURS })
  @Optional()
  @IsIn(ROUTING_HOURS)
  hours?: RoutingHours;

  /** The working calendar the hours are of. */
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  /** The team that gets the ticket. */
  @Optional()
  @IsUUID()
  teamId?: string;

  /** And a person, if he is there. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;
}

export class RoutingOrder {
  /** Every row, each once. */
  @IsArray()
  @ArrayMaxSize(MAX_ROUTING_ROWS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class RoutingSettings {
  /** Whether a ticket that nobody works on is routed anew when its type, company or object changes. */
  @ApiProperty({ enum: REROUTES })
  @IsIn(REROUTES)
  reroutes: Reroutes;
}

export class RoutingSettingsView {
  @ApiProperty({ enum: REROUTES })
  reroutes: Reroutes;
}

export class RoutingRef {
  id: string;
  name: string;
}

export const ROUTING_FINDINGS = ['unreachable', 'teamGone', 'personGone', 'calendarGone'] as const;
export type RoutingFindingKind = (typeof ROUTING_FINDINGS)[number];

/** What is the matter with a row. */
export class RoutingFindingView {
  @ApiProperty({ enum: ROUTING_FINDINGS })
  kind: RoutingFindingKind;
  message: string;
  /** The rows that take everything before it. */
  others: RoutingRef[];
}

export class RoutingRowView {
  id: string;
  /** Its place in the table, the first being 1. */
  position: number;
  name: string;
  isActive: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true })
  when: Condition;
  @ApiProperty({ enum: ROUTING_HOURS })
  hours: RoutingHours;
  calendar: RoutingRef | null;
  team: RoutingRef;
  assignee: RoutingRef | null;
  /** Its team is closed: the row is passed over. */
  isBroken: boolean;
  findings: RoutingFindingView[];
  version: number;
  updatedAt: string;
}

/** A row as it lies in the database, with the names of what it leads to. */
export type RoutingRowWithNames = RoutingRow & {
  teamName: string;
  teamIsGone: boolean;
  personName: string | null;
  personIsGone: boolean;
  calendarName: string | null;
  calendarIsGone: boolean;
};

export const toRoutingRowView = (
  row: RoutingRowWithNames,
  position: number,
  findings: RoutingFindingView[],
): RoutingRowView => ({
  id: row.id,
  position,
  name: row.name,
  isActive: row.isActive,
  when: row.when,
  hours: row.hours,
  calendar: row.calendarId ? { id: row.calendarId, name: row.calendarName ?? '' } : null,
  team: { id: row.teamId, name: row.teamName },
  assignee: row.assigneeId ? { id: row.assigneeId, name: row.personName ?? '' } : null,
  isBroken: row.teamIsGone,
  findings,
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});
