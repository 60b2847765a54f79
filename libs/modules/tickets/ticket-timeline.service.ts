import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { type AttachmentRow, attachmentJson, type CommentRow, filesOfComment } from './comments.query';
import { TicketFields } from './ticket-fields.service';
import { type ChangeRow, labelSql } from './ticket-history.service';
import type { ListTimeline, TimelineKind } from './ticket-timeline.dto';
import type { PersonKind } from './ticket.entity';
import { Tickets } from './tickets.service';

export type TimelineRow = {
  kind: 'comment' | 'change' | 'file';
  id: string;
  at: Date;
  comment: CommentRow | null;
  change: (Omit<ChangeRow, 'at'> & { at: string }) | null;
  file: (AttachmentRow & { authorKind: PersonKind; authorId: string | null; authorName: string | null }) | null;
};

/** Comments, changes and files of a ticket in one order, read by one query. */
@Injectable()
export class TicketTimeline {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly fields: TicketFields,
  ) {}

  async list(ctx: Ctx, key: string, { kind: kinds, cursor, limit }: ListTimeline): Promise<Page<TimelineRow>> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const after = decodeCursor(cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const rows = params.add(limit + 1);
    const ticket = `"ticketId" = ${params.add(ticketId)}::uuid`;
    const position = after && `(${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`;
    const rest = (at: string): string =>
      `${position ? `AND (${at}, id) > ${position}` : ''} ORDER BY ${at}, id LIMIT ${rows}`;
    const wants = (...asked: TimelineKind[]): boolean => !kinds?.length || asked.some((kind) => kinds.includes(kind));
    const branches: string[] = [];
    if (wants('client', 'internal')) {
      const side =
        !kinds?.length || (kinds.includes('client') && kinds.includes('internal'))
          ? ''
          : `AND ${kinds.includes('client') ? '' : 'NOT '}('client' = ANY(audience))`;
      branches.push(
        `(SELECT 'comment' AS kind, "createdAt" AS at, id FROM comment WHERE ${ticket} AND "undoneAt" IS NULL ${side} ${rest('"createdAt"')})`,
      );
    }
    if (wants('changes')) branches.push(`(SELECT 'change', at, id FROM ticket_change WHERE ${ticket} ${rest('at')})`);
    // Files of comments are shown with them, unless files alone are asked for.
    if (wants('files'))
      branches.push(
        `(SELECT 'file', "createdAt", id FROM attachment WHERE ${ticket} AND NOT "isInline" ${kinds?.length ? '' : 'AND "commentId" IS NULL'} ${rest('"createdAt"')})`,
      );
    const lines = await this.db.prepared<TimelineRow>(
      ctx,
      `SELECT k.kind, k.at, k.id, ${detailsSql(ctx)} FROM (SELECT * FROM (${branches.join(' UNION ALL ')}) u ORDER BY at, id LIMIT ${rows}) k ORDER BY k.at, k.id`,
      params.values,
    );
    await this.fields.label(
      ctx,
      lines.flatMap(({ change }) => change ?? []),
    );
    return pageOfRows(lines, limit, ({ at, id }) => keyset(at, id));
  }
}

const detailsSql = ({ locale }: Ctx): string => `
  CASE WHEN k.kind = 'comment' THEN (SELECT jsonb_build_object('id', c.id, 'audience', c.audience, 'authorKind', c."authorKind", 'authorId', c."authorId",
    'authorName', c."authorName", 'html', c.html, 'kind', c.kind, 'source', c.source, 'cc', c.cc, 'createdAt', c."createdAt", 'visibleAt', c."visibleAt",
    'files', ${filesOfComment()}) FROM comment c WHERE c.id = k.id) END AS comment,
  CASE WHEN k.kind = 'change' THEN (SELECT to_jsonb(h) || jsonb_build_object('beforeLabel', ${labelSql('h.field', 'h.before', locale)},
    'afterLabel', ${labelSql('h.field', 'h.after', locale)}) FROM ticket_change h WHERE h.id = k.id) END AS change,
  CASE WHEN k.kind = 'file' THEN (SELECT ${attachmentJson} || jsonb_build_object('authorKind', a."authorKind", 'authorId', a."authorId", 'authorName',
    COALESCE((SELECT name FROM employee WHERE id = a."authorId"), (SELECT name FROM contact WHERE id = a."authorId")))
    FROM attachment a JOIN stored_file f ON f.id = a."fileId" WHERE a.id = k.id) END AS file`;
