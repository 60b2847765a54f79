import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { Optional, PageQuery } from '@opora/platform/http';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { type Audience, AUDIENCES } from './audience';
import type { CommentKind } from './comment.entity';
import type { AttachmentRow, CommentRow, DraftRow } from './comments.query';
import { withFileLinks } from './rich-text';
import { TicketPersonRef } from './ticket-card.dto';
import { Line } from './ticket-text';
import { MAX_HTML } from './tickets.dto';
import type { TicketSource } from './ticket.entity';

export class CreateComment {
  /** Rich text; made safe by an allow-list. */
  @ApiProperty({ example: '<p>Проверили, принтер печатает.</p>' })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_HTML)
  html: string;
  /** Who may read it; without it, staff alone. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];
  /** Uploads of yours. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];
  /** The last comment you have seen: newer messages of the conversation stop the answer. Null when you have seen none. */
  @IsOptional()
  @IsUUID()
  lastSeenCommentId?: string | null;
  /** Sends although newer messages have arrived. */
  @Optional()
  @IsBoolean()
  sendAnyway?: boolean;
  /** Moves the ticket along its process together with the comment. */
  @IsOptional()
  @IsUUID()
  transitionId?: string;
  /** More addresses for the mail of a public answer. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsEmail({}, { each: true })
  @MaxLength(254, { each: true })
  cc?: string[];
}

export class ListComments extends PageQuery {
  /** Only comments after this one. */
  @IsOptional()
  @IsUUID()
  after?: string;
  /** The last comments before this one; still in the order they were written. */
  @IsOptional()
  @IsUUID()
  before?: string;
}

export class AddAttachment {
  @IsUUID()
  fileId: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];
  @IsOptional()
  @Line(0, 500)
  caption?: string | null;
}

export class UpdateAttachment {
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];
  @IsOptional()
  @Line(0, 500)
  caption?: string | null;
}

export class PutDraft {
  @IsString()
  @MaxLength(MAX_HTML)
  html: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsEmail({}, { each: true })
  @MaxLength(254, { each: true })
  cc?: string[];
  /** The ticket's version when the draft was begun. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  baseVersion?: number | null;
}

export class AttachmentView {
  id: string;
  fileId: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  /** Link that lives five minutes. */
  url: string;
  audience: Audience[];
  caption: string | null;
  /** Shown inside the text. */
  isInline: boolean;
  commentId: string | null;
  createdAt: string;
}

export class CommentView {
  id: string;
  audience: Audience[];
  author: TicketPersonRef;
  /** Safe HTML. */
  html: string;
  kind: CommentKind;
  source: TicketSource;
  createdAt: string;
  /** From this moment people outside see it. */
  visibleAt: string;
  /** Until this moment you may take it back; null when you may not. */
  undoUntil: string | null;
  cc: string[];
  files: AttachmentView[];
}

/** Names and sizes of the files a draft holds. */
export class DraftFileView {
  id: string;
  name: string;
  mime: string;
  size: number;
  url: string;
}

export class DraftView {
  html: string;
  audience: Audience[];
  files: DraftFileView[];
  cc: string[];
  baseVersion: number | null;
  /** Null when there is no draft. */
  updatedAt: string | null;
}

type UrlOf = (fileId: string) => string;

export const toAttachmentView = (row: AttachmentRow, urlOf: UrlOf): AttachmentView => ({
  id: row.id,
  fileId: row.fileId,
  name: row.name,
  mime: row.mime,
  size: Number(row.size),
  url: urlOf(row.fileId),
  audience: row.audience,
  caption: row.caption,
  isInline: row.isInline,
  commentId: row.commentId,
  createdAt: new Date(row.createdAt).toISOString(),
});

export function toCommentView(ctx: Ctx, row: CommentRow, urlOf: UrlOf): CommentView {
  const own = new Set(row.files.map(({ fileId }) => fileId));
  const visibleAt = new Date(row.visibleAt);
  const isMine = row.authorKind === 'employee' && row.authorId === ctx.actor.id;
  return {
    id: row.id,
    audience: row.audience,
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    html: withFileLinks(row.html, (id) => (own.has(id) ? urlOf(id) : undefined)),
    kind: row.kind,
    source: row.source,
    createdAt: new Date(row.createdAt).toISOString(),
    visibleAt: visibleAt.toISOString(),
    undoUntil: isMine && visibleAt > ctx.now() ? visibleAt.toISOString() : null,
    cc: row.cc,
    files: row.files.map((file) => toAttachmentView(file, urlOf)),
  };
}

/** No draft is an empty one. */
export function toDraftView(row: DraftRow | undefined, urlOf: UrlOf): DraftView {
  if (!row) return { html: '', audience: ['internal'], files: [], cc: [], baseVersion: null, updatedAt: null };
  const own = new Set(row.files.map(({ id }) => id));
  return {
    html: withFileLinks(row.html, (id) => (own.has(id) ? urlOf(id) : undefined)),
    audience: row.audience,
    files: row.files.map(({ id, name, mime, size }) => ({ id, name, mime, size: Number(size), url: urlOf(id) })),
    cc: row.cc,
    baseVersion: row.baseVersion,
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}
