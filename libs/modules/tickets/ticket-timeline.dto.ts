import type { Ctx } from '@opora/platform/context';
import { List, PageQuery } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { IsArray, IsIn, IsOptional } from 'class-validator';
import { AttachmentView, CommentView, toAttachmentView, toCommentView } from './comments.dto';
import { TicketPersonRef } from './ticket-card.dto';
import { TicketChangeView, toTicketChangeView } from './ticket-history.dto';
import type { TimelineRow } from './ticket-timeline.service';

export const TIMELINE_KINDS = ['client', 'internal', 'files', 'changes'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export class ListTimeline extends PageQuery {
  /** Only these kinds of lines, separated by commas. */
  @IsOptional()
  @List()
  @IsArray()
  @IsIn(TIMELINE_KINDS, { each: true })
  kind?: TimelineKind[];
}

/** One line of a ticket's conversation; exactly one of comment, change and file is set. */
export class TimelineItemView {
  kind: 'comment' | 'change' | 'file';
  id: string;
  at: string;
  comment: CommentView | null;
  change: TicketChangeView | null;
  file: AttachmentView | null;
  /** Who added the file; null for other lines, which name their own author. */
  author: TicketPersonRef | null;
}

export function toTimelineItemView(
  ctx: Ctx,
  { kind, id, at, comment, change, file }: TimelineRow,
  urlOf: (fileId: string) => string,
): TimelineItemView {
  return {
    kind,
    id,
    at: at.toISOString(),
    comment: comment && toCommentView(ctx, comment, urlOf),
    change: change && toTicketChangeView({ ...change, at: new Date(change.at) }),
    file: file && toAttachmentView(file, urlOf),
    author: file && { kind: file.authorKind, id: file.authorId, name: file.authorName ?? t(ctx, 'tickets.system') },
  };
}
