import { TicketNotes, Tickets, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Files } from '@opora/platform/files';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { text } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { SlaExcuse, SlaExcuseReason } from './sla-excuse.entity';
import type {
  AskExcuse,
  CreateExcuseReason,
  ExcuseReasonView,
  ExcuseView,
  ListExcuses,
  UpdateExcuseReason,
} from './sla-excuses.dto';
import { SlaRuntimeError } from './sla-runtime.errors';
import { SlaPermission } from './sla.access';
import type { ExcuseState } from './ticket-sla.dto';

type ExcuseRow = Omit<ExcuseView, 'files'> & { files: Omit<ExcuseView['files'][number], 'url'>[] };
const moment = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const select = (
  locale: string,
): string => `SELECT e.id, e.metric, e.cycle, e.note, e.state, e."decisionNote", ${moment('e."askedAt"')} AS "askedAt",
  ${moment('e."decidedAt"')} AS "decidedAt", jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) AS ticket,
  jsonb_build_object('id', r.id, 'name', r.name->>'${locale}') AS reason, jsonb_build_object('id', a.id, 'name', a.name) AS "askedBy",
  CASE WHEN d.id IS NULL THEN NULL ELSE jsonb_build_object('id', d.id, 'name', d.name) END AS "decidedBy",
  CASE WHEN k.id IS NULL THEN NULL ELSE jsonb_build_object('dueAt', ${moment('k."dueAt"')}, 'stoppedAt', ${moment('k."stoppedAt"')}, 'breachedAt', ${moment('k."breachedAt"')}) END AS clock,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size)) FROM stored_file f WHERE f.id = ANY(e."fileIds")), '[]') AS files
  FROM sla_excuse e JOIN ticket t ON t.id = e."ticketId" JOIN sla_excuse_reason r ON r.id = e."reasonId" LEFT JOIN employee a ON a.id = e."askedById"
  LEFT JOIN employee d ON d.id = e."decidedById" LEFT JOIN sla_clock k ON k."ticketId" = e."ticketId" AND k.metric = e.metric AND k.cycle = e.cycle`;

/** Missed promises that were not the desk's fault: asked for by one person with evidence, decided by another. */
@Injectable()
export class SlaExcuses {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly notes: TicketNotes,
    private readonly files: Files,
  ) {}

  ask(ctx: Ctx, key: string, { metric, cycle, reasonId, note, fileIds }: AskExcuse): Promise<ExcuseView> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, null);
      await this.tickets.demand(ctx, ticket.id, SlaPermission.excuse);
      await this.requireReason(ctx, reasonId);
      const [clock] = await this.db.query<{ cycle: number }>(
        ctx,
        `SELECT cycle FROM sla_clock WHERE "ticketId" = $1 AND metric = $2 AND ($3::int IS NULL OR cycle = $3) AND "breachedAt" IS NOT NULL ORDER BY cycle DESC LIMIT 1`,
        [ticket.id, metric, cycle ?? null],
      );
      if (!clock) throw SlaRuntimeError.notBreached();
      await this.files.claim(ctx, fileIds);
      const id = newId();
      const made = await this.db.query(
        ctx,
        `INSERT INTO sla_excuse (id, "ticketId", metric, cycle, "reasonId", note, "fileIds", state, "askedById", "askedAt")
         VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[], 'asked', $8, $9)
         ON CONFLICT ("ticketId", metric, cycle) WHERE state <> 'declined' DO NOTHING RETURNING id`,
        [id, ticket.id, metric, clock.cycle, reasonId, note, [...new Set(fileIds)], ctx.actor.id, ctx.now()],
      );
      if (!made.length) throw SlaRuntimeError.excuseTwice();
      await this.line(ctx, ticket.id, metric, null, 'asked', note);
      return this.get(ctx, id);
    });
  }

  /** Approved or declined by somebody else than the asker; an approved one counts neither for nor against. */
  decide(ctx: Ctx, id: string, state: 'approved' | 'declined', note?: string): Promise<ExcuseView> {
    return this.db.tx(ctx, async (ctx) => {
      const { ticket } = await this.get(ctx, id);
      await this.tickets.getForUpdate(ctx, ticket.id, null);
      await this.tickets.demand(ctx, ticket.id, SlaPermission.approve_excuse);
      const excuse = (await this.db.repo(ctx, SlaExcuse).findOneBy({ id })) ?? raise(SlaRuntimeError.excuseNotFound());
      if (excuse.askedById === ctx.actor.id) throw SlaRuntimeError.ownExcuse();
      if (excuse.state !== 'asked') throw SlaRuntimeError.excuseDecided();
      const decided = { state, decidedById: ctx.actor.id, decidedAt: ctx.now(), decisionNote: note ?? null };
      await this.db.repo(ctx, SlaExcuse).update({ id }, decided);
      if (state === 'approved')
        await this.db.query(
          ctx,
          `UPDATE sla_clock SET "excusedAt" = $4 WHERE "ticketId" = $1 AND metric = $2 AND cycle = $3`,
          [excuse.ticketId, excuse.metric, excuse.cycle, ctx.now()],
        );
      await this.line(ctx, excuse.ticketId, excuse.metric, 'asked', state, note);
      return this.get(ctx, id);
    });
  }

  async list(ctx: Ctx, { state, cursor, limit }: ListExcuses): Promise<Page<ExcuseView>> {
    const after = decodeCursor(cursor, ['uuid']);
    const params = new SqlParams();
    const where = [visibleTo(ctx.actor, params), 't."deletedAt" IS NULL'];
    if (state) where.push(`e.state = ${params.add(state)}::text`);
    if (after) where.push(`e.id < ${params.add(after[0])}::uuid`);
    const rows = await this.db.query<ExcuseRow>(
      ctx,
      `${select(ctx.locale)} WHERE ${where.join(' AND ')} ORDER BY e.id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, limit, ({ id }) => keyset(id));
    return { ...page, data: page.data.map((row) => this.view(ctx, row)) };
  }

  async reasons(ctx: Ctx): Promise<ExcuseReasonView[]> {
    return (await this.db.repo(ctx, SlaExcuseReason).find({ order: { createdAt: 'ASC', id: 'ASC' } })).map(
      toReasonView,
    );
  }

  async createReason(ctx: Ctx, { name }: CreateExcuseReason): Promise<ExcuseReasonView> {
    const row = { id: newId(), name: { ru: name.ru, en: name.en }, createdAt: ctx.now(), archivedAt: null };
    await this.db.repo(ctx, SlaExcuseReason).insert(row);
    return toReasonView(row);
  }

  updateReason(ctx: Ctx, id: string, { name, isArchived }: UpdateExcuseReason): Promise<ExcuseReasonView> {
    return this.db.tx(ctx, async (ctx) => {
      const repo = this.db.repo(ctx, SlaExcuseReason);
      const row = (await repo.findOneBy({ id })) ?? raise(SlaRuntimeError.excuseReasonNotFound());
      if (name) row.name = { ru: name.ru, en: name.en };
      if (isArchived !== undefined) row.archivedAt = isArchived ? (row.archivedAt ?? ctx.now()) : null;
      return toReasonView(await repo.save(row));
    });
  }

  private async get(ctx: Ctx, id: string): Promise<ExcuseView> {
    const params = new SqlParams();
    const [row] = await this.db.query<ExcuseRow>(
      ctx,
      `${select(ctx.locale)} WHERE e.id = ${params.add(id)}::uuid AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row ? this.view(ctx, row) : raise(SlaRuntimeError.excuseNotFound());
  }

  private view(ctx: Ctx, row: ExcuseRow): ExcuseView {
    return { ...row, files: row.files.map((file) => ({ ...file, url: this.files.urlOf(ctx, file.id) })) };
  }

  private async requireReason(ctx: TxCtx, id: string): Promise<void> {
    const reason = await this.db.repo(ctx, SlaExcuseReason).findOneBy({ id });
    if (!reason || reason.archivedAt) throw fieldProblem('/reasonId', 'sla.excuseReasonUnknown');
  }

  /** The ticket's history tells of it, too. */
  private line(
    ctx: TxCtx,
    ticketId: string,
    metric: string,
    before: ExcuseState | null,
    after: ExcuseState,
    note?: string,
  ) {
    const words = (state: ExcuseState | null): string | null =>
      state && `${text(ctx.locale, `sla.excuse.${state}`)} (${metric})`;
    return this.notes.add(ctx, ticketId, [{ field: 'slaExcuse', before: words(before), after: words(after) }], note);
  }
}

const toReasonView = ({ id, name, archivedAt }: SlaExcuseReason): ExcuseReasonView => ({
  id,
  name,
  archivedAt: archivedAt?.toISOString() ?? null,
});
