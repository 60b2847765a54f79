import { TicketFilters, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { text } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { SlaClocks } from './sla-clocks.service';
import type {
  AskReport,
  AskReportTickets,
  ListStuck,
  Outcome,
  ReportBy,
  ReportRowView,
  ReportTicketView,
  ReportView,
  StuckTicketView,
} from './sla-report.dto';

const OUTCOME = `CASE WHEN k."breachedAt" IS NULL THEN 'met' WHEN k."excusedAt" IS NULL THEN 'breached' ELSE 'excused' END`;
/** Who had the ticket when it was decided; while it goes on, who has it now. */
const ASSIGNEE = `(CASE WHEN k."stoppedAt" IS NULL THEN t."assigneeId" ELSE k."assigneeId" END)`;
const TEAM = `(CASE WHEN k."stoppedAt" IS NULL THEN t."teamId" ELSE k."teamId" END)`;
const ZONE = `(SELECT "timeZone" FROM installation WHERE id = 1)`;
const moment = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const ref = (id: string, name: string): string =>
  `CASE WHEN ${id} IS NULL THEN NULL ELSE jsonb_build_object('id', ${id}, 'name', ${name}) END`;

/** What a report is grouped by: the key of a row, its name, and the tables both need. */
type Grouping = { key: string; name: string; join: string };
const GROUPINGS: Record<ReportBy, (ctx: Ctx) => Grouping> = {
  line: ({ locale }) => ({
    key: 'te.line::text',
    name: `COALESCE(replace('${text(locale, 'sla.report.line', { line: '#' })}', '#', te.line::text), '${text(locale, 'sla.report.noLine')}')`,
    join: `LEFT JOIN team te ON te.id = ${TEAM}`,
  }),
  company: ({ locale }) => ({
    key: 't."companyId"::text',
    name: `COALESCE(gc.name, '${text(locale, 'sla.report.noCompany')}')`,
    join: 'LEFT JOIN company gc ON gc.id = t."companyId"',
  }),
  employee: ({ locale }) => ({
    key: `${ASSIGNEE}::text`,
    name: `COALESCE(ge.name, '${text(locale, 'sla.report.noEmployee')}')`,
    join: `LEFT JOIN employee ge ON ge.id = ${ASSIGNEE}`,
  }),
  type: ({ locale }) => ({
    key: 't."typeId"::text',
    name: `gt.name->>'${locale}'`,
    join: 'JOIN ticket_type gt ON gt.id = t."typeId"',
  }),
  month: () => {
    const month = `to_char(k."decidedAt" AT TIME ZONE ${ZONE}, 'YYYY-MM')`;
    return { key: month, name: month, join: '' };
  },
};

type Counted = Pick<ReportRowView, 'key' | 'name' | Outcome>;

/** How promises were kept, and what is stuck. Every figure opens into exactly the tickets it counts: one condition makes both. */
@Injectable()
export class SlaReports {
  constructor(
    private readonly db: Db,
    private readonly filters: TicketFilters,
    private readonly clocks: SlaClocks,
  ) {}

  async report(ctx: Ctx, input: AskReport): Promise<ReportView> {
    const params = new SqlParams();
    const where = await this.where(ctx, input, params);
    const { key, name, join } = GROUPINGS[input.by](ctx);
    const counts = (['met', 'breached', 'excused'] as const)
      .map((outcome) => `count(*) FILTER (WHERE outcome = '${outcome}')::int AS ${outcome}`)
      .join(', ');
    const rows = await this.db.query<Counted>(
      ctx,
      `SELECT key, min(name) AS name, ${counts} FROM (
         SELECT ${key} AS key, ${name} AS name, ${OUTCOME} AS outcome FROM sla_clock k JOIN ticket t ON t.id = k."ticketId" ${join} WHERE ${where}) o
       GROUP BY key ORDER BY ${input.by === 'month' || input.by === 'line' ? 'key NULLS LAST' : 'count(*) DESC, 2, key'}`,
      params.values,
    );
    const sum = (outcome: Outcome): number => rows.reduce((all, row) => all + row[outcome], 0);
    const total = { key: null, name: '', met: sum('met'), breached: sum('breached'), excused: sum('excused') };
    return { data: rows.map(toRow), total: toRow(total) };
  }

  /** The tickets a figure of the report counts, the latest decision first. */
  async tickets(ctx: Ctx, input: AskReportTickets): Promise<Page<ReportTicketView>> {
    const after = decodeCursor(input.cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const where = [await this.where(ctx, input, params)];
    const { key, join } = GROUPINGS[input.by](ctx);
    if (input.key !== undefined)
      where.push(input.key === 'none' ? `${key} IS NULL` : `${key} = ${params.add(input.key)}::text`);
    if (input.outcome) where.push(`${OUTCOME} = ${params.add(input.outcome)}::text`);
    if (after)
      where.push(`(k."decidedAt", k.id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<ReportTicketView & { id: string }>(
      ctx,
      `SELECT k.id, jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) AS ticket, k.metric, k.cycle, ${OUTCOME} AS outcome,
         ${ref('co.id', 'co.name')} AS company, ${ref('em.id', 'em.name')} AS assignee, ${moment('k."dueAt"')} AS "dueAt", ${moment('k."stoppedAt"')} AS "stoppedAt",
         ${moment('k."decidedAt"')} AS "decidedAt", k."targetSeconds", k."elapsedSeconds"
       FROM sla_clock k JOIN ticket t ON t.id = k."ticketId" ${join} LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN employee em ON em.id = ${ASSIGNEE}
       WHERE ${where.join(' AND ')} ORDER BY k."decidedAt" DESC, k.id DESC LIMIT ${params.add(input.limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, input.limit, (row) => keyset(row.decidedAt, row.id));
    return { ...page, data: page.data.map(({ id: _, ...row }) => row) };
  }

  /** Open tickets beyond the limit of their status, the longest first. */
  async stuck(ctx: Ctx, input: ListStuck): Promise<Page<StuckTicketView>> {
    const after = decodeCursor(input.cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const where = [
      `k.metric = 'dwell' AND k."stoppedAt" IS NULL AND k."breachedAt" IS NOT NULL`,
      await this.ticketCondition(ctx, input.q, params),
    ];
    if (after)
      where.push(`(k."breachedAt", k.id) > (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`);
    type Row = Omit<StuckTicketView, 'workingSeconds'> & { id: string; cycle: number };
    const rows = await this.db.query<Row>(
      ctx,
      `SELECT k.id, k.cycle, jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) AS ticket,
         jsonb_build_object('id', st.id, 'name', st.name->>'${ctx.locale}', 'color', st.color, 'category', st.category) AS status,
         ${ref('co.id', 'co.name')} AS company, ${ref('em.id', 'em.name')} AS assignee, ${ref('te.id', 'te.name')} AS team,
         ${moment('k."startAt"')} AS since, k."targetSeconds" AS "limitSeconds", ${moment('k."breachedAt"')} AS "dueAt",
         CASE WHEN mv.at IS NULL THEN NULL ELSE jsonb_build_object('kind', mv."actorKind", 'id', mv."actorId", 'name', mv."actorName") END AS "lastMover",
         ${moment('mv.at')} AS "lastMovedAt", mv.reason
       FROM sla_clock k JOIN ticket t ON t.id = k."ticketId" JOIN ticket_status st ON st.id = t."statusId"
       LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN employee em ON em.id = t."assigneeId" LEFT JOIN team te ON te.id = t."teamId"
       LEFT JOIN LATERAL (SELECT c.at, c."actorKind", c."actorId", c."actorName", c.cause->>'reason' AS reason FROM ticket_change c
         WHERE c."ticketId" = t.id AND c.field IN ('statusId', 'putAsideUntil') ORDER BY c.at DESC, c.id DESC LIMIT 1) mv ON true
       WHERE ${where.join(' AND ')} ORDER BY k."breachedAt", k.id LIMIT ${params.add(input.limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, input.limit, (row) => keyset(row.dueAt, row.id));
    const ages = await this.ages(
      ctx,
      page.data.map(({ ticket }) => ticket.id),
    );
    const data = page.data.map(({ id, cycle: _, ...row }) => ({
      ...row,
      workingSeconds: ages.get(id) ?? row.limitSeconds,
    }));
    return { ...page, data };
  }

  /** Working time of stays that go on: nothing of it is stored, so it is counted for the rows that are shown. */
  private async ages(ctx: Ctx, ids: readonly string[]): Promise<Map<string, number>> {
    if (!ids.length) return new Map();
    const timed = await this.clocks.time(ctx, await this.clocks.rows(ctx, ids), ctx.now().getTime());
    return new Map(
      timed.flatMap(({ computed }) => computed.map(({ id, clock }) => [id, Math.floor(clock.elapsedSeconds)] as const)),
    );
  }

  private async where(ctx: Ctx, { from, to, metric = 'resolution', q }: AskReport, params: SqlParams): Promise<string> {
    for (const [name, day] of Object.entries({ from, to })) {
      const date = new Date(`${day}T00:00:00Z`);
      if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
        throw fieldProblem(`/${name}`, 'sla.dateWrong', { values: day });
    }
    if (from > to) throw fieldProblem('/to', 'sla.periodWrong');
    const day = (value: string): string => `${params.add(value)}::date`;
    return [
      `k.metric = ${params.add(metric)}::text`,
      `k."decidedAt" >= ${day(from)}::timestamp AT TIME ZONE ${ZONE}`,
      `k."decidedAt" < (${day(to)} + 1)::timestamp AT TIME ZONE ${ZONE}`,
      await this.ticketCondition(ctx, q, params),
    ].join(' AND ');
  }

  private async ticketCondition(ctx: Ctx, q: string | undefined, params: SqlParams): Promise<string> {
    const visible = visibleTo(ctx.actor, params);
    if (!q?.trim()) return `t."deletedAt" IS NULL AND ${visible}`;
    const filter = this.filters.parse(ctx, q);
    const names = await this.filters.lookUp(ctx, [filter]);
    this.filters.requireKnown(ctx, filter, names);
    const lookup = await this.filters.lookupOf(ctx, filter);
    return `${visible} AND ${this.filters.condition(ctx, filter, names, params, { lookup })}`;
  }
}

function toRow(row: Counted): ReportRowView {
  const judged = row.met + row.breached;
  return { ...row, total: judged + row.excused, share: judged ? row.met / judged : null };
}
