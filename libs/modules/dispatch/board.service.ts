import { TicketError, TicketFilters, Tickets, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { decodeCursor, keyset, mapPage, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import type {
  AskBoard,
  BoardBlockView,
  BoardPersonView,
  BoardView,
  DispatchTicketView,
  ListUnassigned,
} from './board.dto';
import {
  type BlockRow,
  blocksSql,
  DUE,
  MAX_PEOPLE,
  OPEN,
  peopleSql,
  type PersonRow,
  TICKET_JOINS,
  ticketColumns,
  type TicketRow,
  toDispatchTicketView,
} from './board.query';
import { visiblePeople, visibleTeams } from './dispatch.access';
import { DispatchError } from './dispatch.errors';
import type { DispatchSettings } from './engineer.entity';
import { Engineers } from './engineers.service';
import { type LonLat, pointOf } from './geography';
import { legsOf, secondsWithin, type Span, type Visit } from './person-day';
import { placeSql, zoneIdsSql } from './places.query';
import { Skills } from './skills.service';
import { type Day, type Hours, WorkDays } from './work-days.service';
import { Zones } from './zones.service';

export const spanOf = (row: { scheduledFor: Date; plannedSeconds: number | null }, visitSeconds: number): Span => {
  const from = row.scheduledFor.getTime();
  return { from, to: from + (row.plannedSeconds ?? visitSeconds) * 1000 };
};
export const visitOf = (row: BlockRow, visitSeconds: number): Visit => ({
  ...spanOf(row, visitSeconds),
  point: pointOf(row),
});
export const baseOf = (person: PersonRow): LonLat | undefined => pointOf(person);
const spanView = ({ from, to }: Span) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

/** people, their load and their skills, day by day; and the tickets nobody has yet. */
@Injectable()
export class Board {
  constructor(
    private readonly db: Db,
    private readonly engineers: Engineers,
    private readonly zones: Zones,
    private readonly skills: Skills,
    private readonly workDays: WorkDays,
    private readonly tickets: Tickets,
    private readonly filters: TicketFilters,
  ) {}

  async board(ctx: Ctx, { teamId, date, days: count = 1 }: AskBoard): Promise<BoardView> {
    const { timeZone, days } = await this.workDays.days(ctx, date ?? ctx.now(), count);
    if (teamId) await this.requireTeam(ctx, teamId);
    const settings = await this.engineers.settings(ctx);
    const found = await this.people(ctx, MAX_PEOPLE + 1, (params) => {
      const seen = visiblePeople(ctx.actor, params, 'e.id');
      return teamId
        ? `${seen} AND e.id IN (SELECT "employeeId" FROM team_member WHERE "teamId" = ${params.add(teamId)}::uuid)`
        : seen;
    });
    const people = found.slice(0, MAX_PEOPLE);
    const hours = await this.workDays.hours(ctx, people, settings, { timeZone, days });
    const span = { from: days[0]!.from, to: days.at(-1)!.to };
    const blocks = await this.blocks(
      ctx,
      people.map(({ id }) => id),
      span,
      settings.visitSeconds,
    );
    return {
      timeZone,
      days: days.map((day) => ({ date: day.date, ...spanView(day) })),
      visitSeconds: settings.visitSeconds,
      people: people.map((person) =>
        toPersonView(person, hours.get(person.id)!, blocks.get(person.id) ?? [], days, settings),
      ),
      zones: (await this.zones.list(ctx)).map(({ id, name, color }) => ({ id, name, color })),
      skills: (await this.skills.list(ctx)).map(({ id, name }) => ({ id, name })),
      isCut: found.length > MAX_PEOPLE,
    };
  }

  /** Open tickets without a responsible, the most urgent first. */
  async unassigned(ctx: Ctx, { q, teamId, zoneId, cursor, limit }: ListUnassigned): Promise<Page<DispatchTicketView>> {
    const params = new SqlParams();
    const conditions = [OPEN, 't."assigneeId" IS NULL', 't."mergedIntoId" IS NULL', visibleTo(ctx.actor, params)];
    if (teamId) conditions.push(teamId === 'none' ? 't."teamId" IS NULL' : `t."teamId" = ${params.add(teamId)}::uuid`);
    if (zoneId === 'none') conditions.push(`cardinality(${zoneIdsSql('p')}) = 0`);
    else if (zoneId) conditions.push(`${params.add(zoneId)}::uuid = ANY(${zoneIdsSql('p')})`);
    if (q) conditions.push(await this.filter(ctx, q, params));
    const key = `COALESCE(${DUE}, 'infinity'::timestamptz)`;
    const after = decodeCursor(cursor, ['date?', 'uuid']);
    if (after)
      conditions.push(
        `(${key}, t.id) > (COALESCE(${params.add(after[0])}::timestamptz, 'infinity'), ${params.add(after[1])}::uuid)`,
      );
    const place = zoneId ? `LEFT JOIN LATERAL (${placeSql('t."objectId"', 't."companyId"')}) p ON true` : '';
    const rows = await this.db.query<TicketRow>(
      ctx,
      `WITH page AS MATERIALIZED (
         SELECT t.id, ${key} AS key FROM ticket t LEFT JOIN ticket_sla sla ON sla."ticketId" = t.id ${place}
         WHERE ${conditions.join(' AND ')} ORDER BY 2, 1 LIMIT ${params.add(limit + 1)}::int)
       SELECT ${ticketColumns(ctx, params)} FROM page JOIN ticket t ON t.id = page.id
       LEFT JOIN ticket_sla sla ON sla."ticketId" = t.id ${TICKET_JOINS} ORDER BY page.key, t.id`,
      params.values,
    );
    return mapPage(
      pageOfRows(rows, limit, ({ dueAt, id }) => keyset(dueAt, id)),
      toDispatchTicketView,
    );
  }

  /** One ticket as the board shows it; 404 if the actor may not see it. */
  async ticket(ctx: Ctx, key: string): Promise<TicketRow> {
    const id = await this.tickets.idOf(ctx, key);
    const params = new SqlParams();
    const [row] = await this.db.prepared<TicketRow>(
      ctx,
      `SELECT ${ticketColumns(ctx, params)} FROM ticket t LEFT JOIN ticket_sla sla ON sla."ticketId" = t.id ${TICKET_JOINS}
       WHERE t.id = ${params.add(id)}::uuid`,
      params.values,
    );
    return row ?? raise(TicketError.notFound());
  }

  people(ctx: Ctx, limit: number, where: (params: SqlParams) => string): Promise<PersonRow[]> {
    const params = new SqlParams();
    const sql = peopleSql(where(params), limit, params, ctx.now());
    return this.db.query<PersonRow>(ctx, sql, params.values);
  }

  /** The visits of each person in their order. */
  async blocks(
    ctx: Ctx,
    people: readonly string[],
    { from, to }: Span,
    visitSeconds: number,
  ): Promise<Map<string, BlockRow[]>> {
    const params = new SqlParams();
    const sql = blocksSql(ctx, { people, from, to, visitSeconds }, params);
    const found = new Map<string, BlockRow[]>();
    for (const row of await this.db.prepared<BlockRow>(ctx, sql, params.values)) {
      const own = found.get(row.assigneeId);
      if (own) own.push(row);
      else found.set(row.assigneeId, [row]);
    }
    return found;
  }

  private async filter(ctx: Ctx, q: string, params: SqlParams): Promise<string> {
    const filter = this.filters.parse(ctx, q);
    const names = await this.filters.lookUp(ctx, [filter]);
    this.filters.requireKnown(ctx, filter, names);
    const lookup = await this.filters.lookupOf(ctx, filter);
    return this.filters.condition(ctx, filter, names, params, { lookup });
  }

  private async requireTeam(ctx: Ctx, teamId: string): Promise<void> {
    const params = new SqlParams();
    const id = params.add(teamId);
    const rows = await this.db.query(
      ctx,
      `SELECT 1 FROM team x WHERE x.id = ${id}::uuid AND x."archivedAt" IS NULL AND ${visibleTeams(ctx.actor, params, 'x.id')}`,
      params.values,
    );
    if (!rows.length) throw DispatchError.teamNotFound();
  }
}

function toPersonView(
  person: PersonRow,
  { open, absences, left }: Hours,
  rows: readonly BlockRow[],
  days: readonly Day[],
  settings: DispatchSettings,
): BoardPersonView {
  const visits = rows.map((row) => visitOf(row, settings.visitSeconds));
  const dayOf = (moment: number): number => days.findIndex(({ from, to }) => moment >= from && moment < to);
  const legs = legsOf(visits, baseOf(person), dayOf, settings);
  const blocks = rows.map((row, at): BoardBlockView => ({
    ...spanView(visits[at]!),
    ticket: row.isVisible ? toDispatchTicketView(row) : null,
    travel: row.isVisible ? legs[at]! : null,
  }));
  return {
    id: person.id,
    name: person.name,
    skills: person.skills,
    zoneIds: person.zoneIds,
    hasBase: baseOf(person) !== undefined,
    openCount: person.openCount,
    overdueCount: person.overdueCount,
    backlogSeconds: person.backlogSeconds,
    backlogCount: person.backlogCount,
    unplannedCount: person.unplannedCount,
    load: days.map((day) => ({
      date: day.date,
      plannedSeconds: Math.round(secondsWithin(visits, day)),
      capacitySeconds: Math.round(secondsWithin(left, day)),
    })),
    hours: open.map(spanView),
    absences: absences.map(spanView),
    blocks,
  };
}
