import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { Optional } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { withFileLinks } from './rich-text';
import { TicketLink, TicketPersonRef, TicketView } from './ticket-card.dto';
import type { MergeRow } from './ticket-merge-list.service';
import type { PersonKind } from './ticket.entity';
import { Line } from './ticket-text';
import { MAX_HTML } from './tickets.dto';

/** At most so many tickets come together at once. */
export const MOST_MERGED = 50;
export const MOST_SPLIT = 200;

export class PreviewMerge {
  /** Tickets to be merged into this one. */
  @ApiProperty({ example: ['0194f0c8-7d3a-7b1e-9c55-0a1b2c3d4e5f'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_MERGED)
  @ArrayUnique((id: unknown) => String(id).toLowerCase())
  @IsUUID(undefined, { each: true })
  ticketIds: string[];
}

export class MergeTickets extends PreviewMerge {
  /** Why; the history of all of them keeps it. */
  @IsOptional()
  @Line(0, 1000)
  @ApiProperty({ type: String, nullable: true, example: 'Одна и та же авария', required: false })
  comment?: string | null;
}

export class SplitTicket {
  /** Comments that make the new ticket; they leave this one with their files. */
  @ApiProperty({ example: ['0194f0c8-7d3a-7b1e-9c55-0a1b2c3d4e5f'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SPLIT)
  @ArrayUnique((id: unknown) => String(id).toLowerCase())
  @IsUUID(undefined, { each: true })
  commentIds: string[];
  @ApiProperty({ example: 'Заменить фискальный накопитель' })
  @Line(1, 500)
  subject: string;
  /** Rich text; made safe by an allow-list. */
  @Optional()
  @IsString()
  @MaxLength(MAX_HTML)
  description?: string;
  /** Without it, the type of this ticket. */
  @Optional()
  @IsUUID()
  typeId?: string;
  @Optional()
  @IsUUID()
  priorityId?: string;
  /** Without person and team, those of this ticket. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;
  @IsOptional()
  @IsUUID()
  teamId?: string | null;
}

/** What a merged ticket was about when it came. */
export class MergedTicketView extends TicketLink {
  /** Safe HTML. */
  description: string;
  author: TicketPersonRef;
  createdAt: string;
}

export class TicketMergeView {
  id: string;
  /** Merges of one request have it in common. */
  groupId: string;
  from: MergedTicketView;
  /** The survivor, where the asker may see it. */
  into: TicketLink | null;
  reason: string | null;
  at: string;
  by: TicketPersonRef;
  undoneAt: string | null;
  undoneBy: string | null;
  /** Until then it can be taken back. */
  undoUntil: string;
  canUndo: boolean;
}

export class MergeResultView {
  /** The merges of this request as one: `POST /ticket-merges/{id}/undo` takes all of them back. */
  id: string;
  /** The survivor. */
  ticket: TicketView;
  merges: TicketMergeView[];
}

export class MergePersonView {
  kind: PersonKind;
  id: string;
  name: string;
}

export class MergePartView {
  label: string;
  count: number;
}

/** What a merge would bring. */
export class MergePreviewView {
  tickets: TicketLink[];
  /** What moves, in words. */
  parts: MergePartView[];
  /** Contacts who go on hearing of the survivor. */
  observers: MergePersonView[];
  /** Contacts who do not: they are not of its company. */
  leftOut: MergePersonView[];
  /** What to think of before. */
  warnings: string[];
}

export function toTicketMergeView(ctx: Ctx, row: MergeRow, urlOf: (fileId: string) => string): TicketMergeView {
  const { description, fileIds, authorKind, authorId, authorName, createdAt, ...link } = row.from;
  const own = new Set(fileIds);
  return {
    id: row.id,
    groupId: row.groupId,
    from: {
      ...link,
      description: withFileLinks(description, (id) => (own.has(id) ? urlOf(id) : undefined)),
      author: { kind: authorKind, id: authorId, name: authorName ?? t(ctx, 'tickets.system') },
      createdAt: new Date(createdAt).toISOString(),
    },
    into: row.into,
    reason: row.reason,
    at: row.at.toISOString(),
    by: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoneBy: row.undoneByName,
    undoUntil: row.undoUntil.toISOString(),
    canUndo: row.canUndo,
  };
}
