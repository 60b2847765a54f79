import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { RoutingCheck } from './routing-check.service';
import { RoutingRow, RoutingTableRow } from './routing-row.entity';
import {
  type CreateRoutingRow,
  MAX_ROUTING_ROWS,
  type RoutingRowView,
  type RoutingRowWithNames,
  type RoutingSettings,
  toRoutingRowView,
  type UpdateRoutingRow,
} from './routing-rows.dto';
import { RoutingError } from './routing.errors';

const SELECT = `
  SELECT r.*, m.name AS "teamName", m."archivedAt" IS NOT NULL AS "teamIsGone", e.name AS "personName",
    COALESCE(e."archivedAt" IS NOT NULL OR NOT e."isActive", false) AS "personIsGone", c.name AS "calendarName",
    COALESCE(c."archivedAt" IS NOT NULL, false) AS "calendarIsGone"
  FROM routing_row r JOIN team m ON m.id = r."teamId" LEFT JOIN employee e ON e.id = r."assigneeId"
  LEFT JOIN work_calendar c ON c.id = r."calendarId" ORDER BY r.position, r.id`;

/** The rows of the routing table in their order. One writer at a time. */
@Injectable()
export class RoutingRows {
  constructor(
    private readonly db: Db,
    private readonly check: RoutingCheck,
    private readonly live: Live,
  ) {}

  async list(ctx: Ctx): Promise<RoutingRowView[]> {
    const rows = await this.rows(ctx);
    const findings = await this.check.findings(ctx, rows);
    return rows.map((row, index) => toRoutingRowView(row, index + 1, findings.get(row.id) ?? []));
  }

  async get(ctx: Ctx, id: string): Promise<RoutingRowView> {
    return (await this.list(ctx)).find((row) => row.id === id.toLowerCase()) ?? raise(RoutingError.rowNotFound());
  }

  create(ctx: Ctx, { position, ...input }: CreateRoutingRow): Promise<RoutingRowView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const rows = await this.rows(ctx);
      if (rows.length >= MAX_ROUTING_ROWS) throw RoutingError.tooManyRows({ limit: MAX_ROUTING_ROWS });
      const id = newId();
      const row = {
        isActive: input.isActive ?? true,
        name: input.name,
        when: input.when,
        hours: input.hours ?? 'any',
        calendarId: input.calendarId ?? null,
        teamId: input.teamId,
        assigneeId: input.assigneeId ?? null,
      };
      await this.refuse(ctx, row);
      const place = { position: rows.length + 1, version: 1, createdAt: ctx.now(), updatedAt: ctx.now() };
      await this.db.repo(ctx, RoutingRow).insert({ id, ...row, ...place } as never);
      await this.place(ctx, [...rows.map((one) => one.id), id], id, position);
      return this.changed(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, version: number, { position, ...input }: UpdateRoutingRow): Promise<RoutingRowView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const rows = await this.rows(ctx);
      const before = rows.find((row) => row.id === id.toLowerCase()) ?? raise(RoutingError.rowNotFound());
      if (before.version !== version) throw RoutingError.stale({}, { current: await this.get(ctx, id) });
      const { name, isActive, when, hours, calendarId, teamId, assigneeId } = before;
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const row = { name, isActive, when, hours, calendarId, teamId, assigneeId, ...given };
      // To switch off a row whose team is closed its team need not come back.
      if (Object.keys(given).some((key) => key !== 'isActive') || row.isActive) await this.refuse(ctx, row);
      await this.db
        .repo(ctx, RoutingRow)
        .update({ id: before.id }, { ...row, version: version + 1, updatedAt: ctx.now() } as never);
      await this.place(
        ctx,
        rows.map((one) => one.id),
        before.id,
        position,
      );
      return this.changed(ctx, id);
    });
  }

  remove(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const rows = await this.rows(ctx);
      const { id: known } = rows.find((row) => row.id === id.toLowerCase()) ?? raise(RoutingError.rowNotFound());
      await this.db.repo(ctx, RoutingRow).delete({ id: known });
      await this.place(
        ctx,
        rows.map((row) => row.id).filter((one) => one !== known),
        known,
        undefined,
      );
      await this.tell(ctx);
    });
  }

  order(ctx: Ctx, given: string[]): Promise<RoutingRowView[]> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const ids = given.map((id) => id.toLowerCase());
      const known = new Set((await this.rows(ctx)).map(({ id }) => id));
      const stranger = ids.findIndex((id) => !known.has(id));
      if (stranger >= 0) throw fieldProblem(`/ids/${stranger}`, 'routing.rowUnknown');
      if (new Set(ids).size !== known.size) throw fieldProblem('/ids', 'routing.orderIncomplete');
      await this.write(ctx, ids);
      await this.tell(ctx);
      return this.list(ctx);
    });
  }

  async settings(ctx: Ctx): Promise<RoutingSettings> {
    const { reroutes } = await this.db.repo(ctx, RoutingTableRow).findOneByOrFail({ id: 1 });
    return { reroutes };
  }

  setSettings(ctx: Ctx, { reroutes }: RoutingSettings): Promise<RoutingSettings> {
    return this.db.tx(ctx, async (ctx) => {
      await this.db.repo(ctx, RoutingTableRow).update({ id: 1 }, { reroutes });
      this.live.touch(ctx, ['routing'], 'staff');
      return { reroutes };
    });
  }

  private rows(ctx: Ctx): Promise<RoutingRowWithNames[]> {
    return this.db.query<RoutingRowWithNames>(ctx, SELECT);
  }

  private async refuse(ctx: Ctx, row: Parameters<RoutingCheck['problemsOf']>[1]): Promise<void> {
    const problems = await this.check.problemsOf(ctx, row);
    if (problems.length) throw invalid(problems);
  }

  private async place(ctx: TxCtx, ids: string[], id: string, position: number | undefined): Promise<void> {
    const order = position === undefined ? ids : ids.filter((one) => one !== id);
    if (position !== undefined) order.splice(position - 1, 0, id);
    await this.write(ctx, order);
  }

  private async write(ctx: TxCtx, ids: string[]): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE routing_row r SET position = o.position
       FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, position) WHERE r.id = o.id AND r.position <> o.position`,
      [ids],
    );
  }

  private async changed(ctx: TxCtx, id: string): Promise<RoutingRowView> {
    await this.tell(ctx);
    return this.get(ctx, id);
  }

  /** Whoever keeps the table in memory reads it anew. */
  private async tell(ctx: TxCtx): Promise<void> {
    await this.db.query(ctx, 'UPDATE routing_table SET revision = gen_random_uuid() WHERE id = 1');
    this.live.touch(ctx, ['routing'], 'staff');
  }

  private lock(ctx: TxCtx): Promise<unknown> {
    return this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('automation.routing'))`);
  }
}
