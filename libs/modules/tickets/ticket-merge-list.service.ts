import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import type { MergePreviewView, TicketMergeView } from './ticket-merge.dto';
import type { TicketMerge } from './ticket-merge.entity';
import { TicketMergeRows } from './ticket-merge-rows.service';
import { TicketMerges } from './ticket-merges.port';
import { statusJson } from './ticket-card.query';
import { UNMERGE_DAYS, undoUntilOf } from './ticket-unmerge.service';
import { isOpen, type StatusCategory } from './ticket-status';
import type { PersonKind } from './ticket.entity';
import { covered, TicketPermission, visibleTo } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

type LinkJson = NonNullable<TicketMergeView['into']>;
export type MergeRow = Pick<
  TicketMerge,
  'id' | 'groupId' | 'reason' | 'at' | 'actorKind' | 'actorId' | 'actorName' | 'undoneAt' | 'undoneByName'
> & {
  from: LinkJson & {
    description: string;
    fileIds: string[];
    authorKind: PersonKind;
    authorId: string | null;
    authorName: string | null;
    createdAt: string;
  };
  into: LinkJson | null;
  undoUntil: Date;
  canUndo: boolean;
};
type CountRow = { id: string; companyId: string | null; category: StatusCategory; comments: number; files: number };

/** A ticket has not been merged more often than this is shown. */
const MOST_SHOWN = 500;

/** Merges of a ticket, in both directions, and what a merge would bring. */
@Injectable()
export class TicketMergeList {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly rows: TicketMergeRows,
    private readonly merges: TicketMerges,
  ) {}

  /** What was merged into the ticket at any depth, and into what it was merged; the latest first. */
  async list(ctx: Ctx, key: string): Promise<MergeRow[]> {
    const ticketId = await this.tickets.idOf(ctx, key);
    return this.find(ctx, (params) => {
      const id = `${params.add(ticketId)}::uuid`;
      return `(m."fromId" = ${id} OR m."toId" IN (SELECT a FROM ticket_absorbed(${id}) a))`;
    });
  }

  ofGroup(ctx: Ctx, id: string): Promise<MergeRow[]> {
    return this.find(ctx, (params) => {
      const given = `${params.add(id)}::uuid`;
      return `(m.id = ${given} OR m."groupId" = ${given})`;
    });
  }

  /** Nothing is written; what would be refused is refused here, too. */
  async preview(ctx: Ctx, key: string, ticketIds: readonly string[]): Promise<MergePreviewView> {
    const { toId, fromIds } = await this.rows.idsOf(ctx, key, ticketIds);
    await this.tickets.demand(ctx, toId, TicketPermission.update);
    const links = await this.mergeable(ctx, [toId, ...fromIds]);
    const { staying, leaving } = await this.rows.people(ctx, toId, fromIds);
    const counts = await this.counts(ctx, [toId, ...fromIds]);
    const merged = counts.filter(({ id }) => id !== toId);
    const survivor = counts.find(({ id }) => id === toId)!;
    const own = [
      { label: t(ctx, 'tickets.merge.comments'), count: sum(merged, 'comments') },
      { label: t(ctx, 'tickets.merge.files'), count: sum(merged, 'files') },
    ];
    const others = await Promise.all(
      this.merges.parts().map((part) => part.count?.(ctx, fromIds) ?? Promise.resolve([])),
    );
    const isLate = !isOpen(survivor.category) && merged.some(({ category }) => isOpen(category));
    const person = ({ id, name }: { id: string; name: string }) => ({ kind: 'contact' as const, id, name });
    return {
      tickets: fromIds.map((id) => links.find((link) => link.id === id)!),
      parts: [...own, ...others.flat()].filter(({ count }) => count > 0),
      observers: staying.map(person),
      leftOut: leaving.map(person),
      warnings: [
        ...(isLate ? [t(ctx, 'tickets.merge.survivorClosed')] : []),
        ...(merged.some(({ companyId }) => companyId !== survivor.companyId)
          ? [t(ctx, 'tickets.merge.otherCompany')]
          : []),
        ...(leaving.length ? [t(ctx, 'tickets.merge.leftOut')] : []),
      ],
    };
  }

  private async mergeable(ctx: Ctx, ids: readonly string[]): Promise<LinkJson[]> {
    const params = new SqlParams();
    const rows = await this.db.query<LinkJson & { mergedNumber: number | null; isCovered: boolean }>(
      ctx,
      `SELECT t.id, t.number, t.subject, ${statusJson('s', ctx.locale)} AS status, COALESCE(${covered(ctx.actor, TicketPermission.update, params)}, false) AS "isCovered",
         (SELECT x.number FROM ticket x WHERE x.id = t."mergedIntoId") AS "mergedNumber"
       FROM ticket t JOIN ticket_status s ON s.id = t."statusId" WHERE t.id = ANY(${params.add(ids)}::uuid[])`,
      params.values,
    );
    const merged = rows.find(({ mergedNumber }) => mergedNumber !== null);
    if (merged) throw TicketError.merged({ number: merged.number, into: merged.mergedNumber });
    for (const { id, isCovered } of rows) if (!isCovered) await this.tickets.demand(ctx, id, TicketPermission.update);
    return rows.map(({ id, number, subject, status }) => ({ id, number, subject, status }));
  }

  private counts(ctx: Ctx, ids: readonly string[]): Promise<CountRow[]> {
    return this.db.query<CountRow>(
      ctx,
      `SELECT t.id, t."companyId", t."statusCategory" AS category, t."commentCount" AS comments, t."fileCount" AS files FROM ticket t WHERE t.id = ANY($1::uuid[])`,
      [ids],
    );
  }

  private async find(ctx: Ctx, which: (params: SqlParams) => string): Promise<MergeRow[]> {
    const params = new SqlParams();
    const since = params.add(new Date(ctx.now().getTime() - UNMERGE_DAYS * 86_400_000));
    const rows = await this.db.query<MergeRow>(
      ctx,
      `SELECT m.id, m."groupId", m.reason, m.at, m."actorKind", m."actorId", m."actorName", m."undoneAt", m."undoneByName",
         jsonb_build_object('id', f.id, 'number', f.number, 'subject', f.subject, 'status', ${statusJson('fs', ctx.locale)}, 'description', f.description,
           'authorKind', f."authorKind", 'authorId', f."authorId", 'createdAt', f."createdAt",
           'authorName', CASE f."authorKind" WHEN 'employee' THEN (SELECT name FROM employee WHERE id = f."authorId") WHEN 'contact' THEN (SELECT name FROM contact WHERE id = f."authorId") END,
           'fileIds', ARRAY(SELECT a."fileId" FROM attachment a WHERE a."ticketId" = f.id AND a."commentId" IS NULL AND a."isInline")) AS "from",
         CASE WHEN ${visibleTo(ctx.actor, params, 's')} AND s."deletedAt" IS NULL
           THEN jsonb_build_object('id', s.id, 'number', s.number, 'subject', s.subject, 'status', ${statusJson('ss', ctx.locale)}) END AS into,
         m."undoneAt" IS NULL AND m.at >= ${since}::timestamptz AND s."deletedAt" IS NULL AND s."mergedIntoId" IS NULL
           AND COALESCE(${covered(ctx.actor, TicketPermission.update, params, 's')}, false) AS "canUndo"
       FROM ticket_merge m JOIN ticket f ON f.id = m."fromId" JOIN ticket_status fs ON fs.id = f."statusId"
         JOIN ticket s ON s.id = m."toId" JOIN ticket_status ss ON ss.id = s."statusId"
       WHERE ${which(params)} ORDER BY m.at DESC, m.id DESC LIMIT ${MOST_SHOWN}`,
      params.values,
    );
    return rows.map((row) => ({ ...row, undoUntil: undoUntilOf(row.at) }));
  }
}

const sum = (rows: readonly CountRow[], name: 'comments' | 'files'): number =>
  rows.reduce((total, row) => total + row[name], 0);
