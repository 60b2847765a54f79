import { PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsTicketSort } from './ticket-filter-keys';
import { FilterTickets, TicketRowView } from './ticket-list.dto';
import type { StatusCategory } from './ticket-status';
import { CALENDAR_FIELDS, type CalendarField } from './ticket-view.entity';

export const BOARD_COLUMNS = ['status', 'category'] as const;
export type BoardColumns = (typeof BOARD_COLUMNS)[number];
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class ShowBoard extends FilterTickets {
  /** Order of the cards; a minus turns it round. Without it the list's. */
  @IsOptional()
  @IsTicketSort()
  @ApiProperty({ required: false, example: '-updatedAt' })
  sort?: string;

  /** Cards of each column, 1 to 100. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  @ApiProperty({ required: false, default: 50 })
  limit: number = 50;
}

export class ListBoardColumn extends PageQuery {
  /** Filter, such as `is:open assignee:me`. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  q?: string;

  /** A saved view, whose filter applies as well. */
  @IsOptional()
  @IsUUID()
  view?: string;

  @IsOptional()
  @IsTicketSort()
  @ApiProperty({ required: false, example: '-updatedAt' })
  sort?: string;

  /** What the board's columns are. */
  @IsIn(BOARD_COLUMNS)
  by: BoardColumns;

  /** The column: a status's id or a category. */
  @IsString()
  @MaxLength(40)
  @Matches(/^[\w-]+$/)
  column: string;
}

export class BoardColumnView {
  /** A status's id, or a category. */
  id: string;
  name: string;
  /** Of the status; null for a category. */
  color: string | null;
  category: StatusCategory;
  /** All tickets of the column, exactly. */
  count: number;
  data: TicketRowView[];
  /** Cursor of the cards after these; null when these are all. */
  next: string | null;
}

export class TicketBoardView {
  /** Statuses when all tickets run by one process, else categories. */
  @ApiProperty({ enum: BOARD_COLUMNS })
  by: BoardColumns;
  total: number;
  columns: BoardColumnView[];
}

export class ShowCalendar extends FilterTickets {
  /** The first day. */
  @Matches(DAY)
  @ApiProperty({ example: '2026-11-23' })
  from: string;

  /** The day after the last one; at most 62 days. */
  @Matches(DAY)
  @ApiProperty({ example: '2026-11-30' })
  to: string;

  /** By what tickets stand on days. */
  @IsIn(CALENDAR_FIELDS)
  field: CalendarField;

  /** IANA name of the zone whose days they are; without it the reader's own. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  @ApiProperty({ required: false, example: 'Asia/Almaty' })
  timeZone?: string;

  /** Tickets of each day, 1 to 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  @ApiProperty({ required: false, default: 6 })
  limit: number = 6;
}

export class TicketCalendarDayView {
  /** `YYYY-MM-DD` */
  day: string;
  /** All tickets of the day, exactly. */
  count: number;
  data: TicketRowView[];
}

export class TicketCalendarView {
  timeZone: string;
  /** Days with tickets, in order. */
  days: TicketCalendarDayView[];
}
