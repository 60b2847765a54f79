import { clausesOf, type Facts } from '@opora/modules/fields';
import { Absences } from '@opora/modules/people';
import { CompiledCalendars, isOpen } from '@opora/modules/sla';
import { type FactSource, type Route, TicketFacts, TicketRouting } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { choose, hoursFact } from './routing-choice';
import type { RoutingRow } from './routing-row.entity';

type Table = { revision: string; rows: readonly RoutingRow[]; asked: ReadonlySet<string> };
/** What may change without the table: asked with every ticket, in the question for its facts. */
type Standing = { revision: string; broken: string[]; calendars: Record<string, number> };

const STANDING = `SELECT jsonb_build_object('revision', r.revision,
    'broken', ARRAY(SELECT w.id FROM routing_row w WHERE w."isActive"
      AND NOT EXISTS (SELECT 1 FROM team m WHERE m.id = w."teamId" AND m."archivedAt" IS NULL)),
    'calendars', COALESCE((SELECT jsonb_object_agg(c.id, c.version) FROM work_calendar c
      WHERE c.id IN (SELECT w."calendarId" FROM routing_row w WHERE w."isActive" AND w.hours <> 'any')), '{}'))
  FROM routing_table r WHERE r.id = 1`;

/** The routing table at work: names the team of a ticket that nobody else named it for. */
@Injectable()
export class RoutingTable implements OnModuleInit {
  private kept?: Table;

  constructor(
    private readonly db: Db,
    private readonly routing: TicketRouting,
    private readonly facts: TicketFacts,
    private readonly calendars: CompiledCalendars,
    private readonly absences: Absences,
  ) {}

  onModuleInit(): void {
    this.routing.register(this);
  }

  /** The first row that fits; a person who is away gives way to his substitute, then to the team. */
  async route(ctx: Ctx, source: FactSource): Promise<Route | null> {
    const { rows, facts } = await this.at(ctx, source);
    const row = choose(rows, facts);
    if (!row) return null;
    const { assigneeId, absent } = await this.personOf(ctx, row);
    return { teamId: row.teamId, assigneeId, because: { id: row.id, name: row.name }, absent };
  }

  /** The rows that could take a ticket now, in their order, and what they are asked about. */
  async at(ctx: Ctx, source: FactSource): Promise<{ rows: RoutingRow[]; facts: Facts }> {
    const { facts, also } = await this.facts.ofValuesAnd<Standing>(ctx, source, STANDING);
    const table = await this.table(ctx, also.revision);
    const [added] = await this.facts.addedTo(ctx, [source], (name) => table.asked.has(name));
    const rows = table.rows.filter(({ id }) => !also.broken.includes(id));
    return { rows, facts: { ...facts, ...added, ...(await this.hoursAt(ctx, also.calendars)) } };
  }

  /** Who gets it at a row that names a person. */
  async personOf(ctx: Ctx, { assigneeId }: RoutingRow): Promise<{ assigneeId: string | null; absent: string[] }> {
    if (!assigneeId) return { assigneeId: null, absent: [] };
    const { employeeId, path } = await this.absences.standIn(ctx, assigneeId);
    const absent = employeeId ? path.slice(0, -1) : path;
    return { assigneeId: employeeId, absent: absent.map(({ name }) => name) };
  }

  private async hoursAt(ctx: Ctx, versions: Standing['calendars']): Promise<Facts> {
    const refs = Object.entries(versions).map(([calendarId, version]) => ({ calendarId, version }));
    if (!refs.length) return {};
    const compiled = await this.calendars.versions(ctx, refs);
    return Object.fromEntries(
      refs.flatMap(({ calendarId, version }) => {
        const calendar = compiled.get(`${calendarId}:${version}`);
        return calendar ? [[hoursFact(calendarId), isOpen(calendar, ctx.now().getTime())]] : [];
      }),
    );
  }

  /** Kept in the process until another revision is seen. */
  private async table(ctx: Ctx, revision: string): Promise<Table> {
    if (this.kept?.revision === revision) return this.kept;
    const rows = await this.db.query<RoutingRow>(
      ctx,
      `SELECT * FROM routing_row WHERE "isActive" ORDER BY position, id`,
    );
    const asked = new Set(rows.flatMap(({ when }) => clausesOf(when).map(({ field }) => field)));
    this.kept = { revision, rows, asked };
    return this.kept;
  }
}
