import { List, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { StatusCategory } from './ticket-status';
import { IsTicketSort } from './ticket-filter-keys';
import { IsViewColumn, ROW_TINTS, type RowTint } from './ticket-view.entity';
import { type Awaiting, type TicketSource } from './ticket.entity';

export class FilterTickets {
  /** Filter, such as `status:open assignee:me priority:>=high "exact words"`. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  @ApiProperty({ required: false, example: 'is:open assignee:me принтер' })
  q?: string;

  /** A saved view, whose filter applies as well. */
  @IsOptional()
  @IsUUID()
  view?: string;
}

export class ListTickets extends PageQuery {
  /** Filter, such as `status:open assignee:me priority:>=high "exact words"`. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  @ApiProperty({ required: false, example: 'is:open assignee:me принтер' })
  q?: string;

  /** A saved view: its filter applies as well, its order unless another is asked, its colours. */
  @IsOptional()
  @IsUUID()
  view?: string;

  /** Order; a minus turns it round. Without it: `sort:` of the filter, the view's, or `-updatedAt`. */
  @IsOptional()
  @IsTicketSort()
  @ApiProperty({ required: false, example: '-updatedAt' })
  sort?: string;

  /** Columns as `cf.<code>`, joined by commas: rows carry the values of these custom fields, and of those the view shows. */
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(100)
  @IsViewColumn({ each: true })
  @ApiProperty({ required: false, type: String, example: 'cf.serial,cf.price' })
  columns?: string[];
}

export class TicketNameRef {
  id: string;
  name: string;
}

export class RowStatusView {
  id: string;
  name: string;
  color: string;
  category: StatusCategory;
}

export class RowPriorityView {
  id: string;
  code: string;
  name: string;
  color: string;
}

export class RowColorView {
  @ApiProperty({ enum: ROW_TINTS })
  tint: RowTint;
  icon: string;
  label: string;
}

/** A ticket as lists show it. */
export class TicketRowView {
  id: string;
  number: number;
  version: number;
  subject: string;
  type: TicketNameRef;
  status: RowStatusView;
  priority: RowPriorityView;
  company: TicketNameRef | null;
  contact: TicketNameRef | null;
  object: TicketNameRef | null;
  assignee: TicketNameRef | null;
  team: TicketNameRef | null;
  source: TicketSource;
  createdAt: string;
  updatedAt: string;
  deadlineAt: string | null;
  scheduledFor: string | null;
  /** Put aside until then. */
  putAsideUntil: string | null;
  /** Whose move it is. */
  awaiting: Awaiting | null;
  /** Comments have come since the reader last looked. */
  hasUnread: boolean;
  commentCount: number;
  fileCount: number;
  isDeleted: boolean;
  /** Values of the custom fields that columns show. */
  customFields: Record<string, unknown>;
  /** Names behind those of them that refer to something. */
  customTexts: Record<string, string>;
  /** The first colour rule of the view that fits. */
  color: RowColorView | null;
}

export class TicketCountView {
  count: number;
}
