import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, type FieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { NamedRef } from './approval-route-views';
import { ApprovalRoute, ApprovalRouteVersion } from './approval-route.entity';
import type {
  CreateApprovalRoute,
  ListApprovalRoutes,
  OrderApprovalRoutes,
  ThresholdInput,
  UpdateApprovalRoute,
} from './approval-routes.dto';
import type { ApprovalStageInput, ApproverInput, RouteDefinitionInput } from './route-definition.dto';
import { ApprovalError } from './approvals.errors';
import { moneyOf, type Threshold } from './route-choice';
import { RouteReferences } from './route-references.service';
import { type Approver, definitionProblems, type RouteDefinition, type Stage } from './route-definition';

export type VersionRow = ApprovalRouteVersion & { savedBy: { id: string; name: string } | null };
/** Routes with the names of everything they mention. */
export type Named<Row> = { row: Row; names: ReadonlyMap<string, NamedRef> };

/** Templates of ways: each save is a version; what runs keeps its own. */
@Injectable()
export class ApprovalRoutes {
  constructor(
    private readonly db: Db,
    private readonly references: RouteReferences,
    private readonly live: Live,
  ) {}

  /** In the order in which they are chosen. */
  async list(ctx: Ctx, query: ListApprovalRoutes): Promise<Page<Named<ApprovalRoute>>> {
    const params = new SqlParams();
    const after = decodeCursor(query.cursor, ['number', 'uuid']);
    const conditions = [`(r."archivedAt" IS NOT NULL) = ${params.add(query.archived ?? false)}::boolean`];
    if (query.kindId) conditions.push(`r."kindId" = ${params.add(query.kindId)}::uuid`);
    if (after) conditions.push(`(r.position, r.id) > (${params.add(after[0])}::int, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<ApprovalRoute>(
      ctx,
      `SELECT r.* FROM approval_route r WHERE ${conditions.join(' AND ')} ORDER BY r.position, r.id LIMIT ${params.add(query.limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, query.limit, ({ position, id }) => keyset(position, id));
    const names = await this.references.names(
      ctx,
      page.data.map(({ definition, kindId }) => ({ definition, kindId })),
    );
    return { data: page.data.map((row) => ({ row, names })), page: page.page };
  }

  async get(ctx: Ctx, id: string): Promise<Named<ApprovalRoute>> {
    const row = (await this.db.repo(ctx, ApprovalRoute).findOneBy({ id })) ?? raise(ApprovalError.routeNotFound());
    return { row, names: await this.references.names(ctx, [row]) };
  }

  create(ctx: Ctx, input: CreateApprovalRoute): Promise<Named<ApprovalRoute>> {
    return this.db.tx(ctx, async (ctx) => {
      const [last] = await this.db.query<{ position: number }>(
        ctx,
        `SELECT COALESCE(max(position), 0) + 1 AS position FROM approval_route`,
      );
      const route = Object.assign(new ApprovalRoute(), {
        id: newId(),
        code: null,
        name: { ...input.name },
        kindId: input.kindId,
        isActive: input.isActive ?? true,
        position: last!.position,
        version: 1,
        over: toThreshold(input.over ?? null),
        upTo: toThreshold(input.upTo ?? null),
        definition: toDefinition(input.definition),
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
        archivedAt: null,
      });
      await this.check(ctx, route);
      await this.db.repo(ctx, ApprovalRoute).insert(route as never);
      await this.keep(ctx, route);
      return this.changed(ctx, route.id);
    });
  }

  /** Changes what is given; requests on their way stay as they began. */
  update(ctx: Ctx, id: string, seen: number, input: UpdateApprovalRoute): Promise<Named<ApprovalRoute>> {
    return this.db.tx(ctx, async (ctx) => {
      const route = await this.hold(ctx, id);
      if (route.version !== seen) throw ApprovalError.stale({}, { version: route.version });
      Object.assign(route, {
        name: input.name ? { ...input.name } : route.name,
        kindId: input.kindId ?? route.kindId,
        isActive: input.isActive ?? route.isActive,
        over: input.over === undefined ? route.over : toThreshold(input.over),
        upTo: input.upTo === undefined ? route.upTo : toThreshold(input.upTo),
        definition: input.definition ? toDefinition(input.definition) : route.definition,
      });
      await this.check(ctx, route);
      return this.save(ctx, route);
    });
  }

  setArchived(ctx: Ctx, id: string, isArchived: boolean): Promise<Named<ApprovalRoute>> {
    return this.db.tx(ctx, async (ctx) => {
      const route = await this.hold(ctx, id);
      route.archivedAt = isArchived ? (route.archivedAt ?? ctx.now()) : null;
      return this.save(ctx, route);
    });
  }

  /** The order decides which route counts where several match. */
  reorder(ctx: Ctx, { ids }: OrderApprovalRoutes): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const rows = await this.db.query<{ id: string }>(
        ctx,
        `SELECT id FROM approval_route WHERE "archivedAt" IS NULL ORDER BY id FOR UPDATE`,
      );
      const isWhole = rows.length === ids.length && rows.every(({ id }) => ids.includes(id));
      if (!isWhole) throw fieldProblem('/ids', 'approvals.orderIncomplete');
      await this.db.query(
        ctx,
        `UPDATE approval_route r SET position = o.place::int FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, place) WHERE r.id = o.id`,
        [ids],
      );
      this.live.touch(ctx, ['approval-routes'], 'staff');
    });
  }

  async versions(ctx: Ctx, id: string): Promise<Named<VersionRow>[]> {
    await this.get(ctx, id);
    const rows = await this.db.query<VersionRow>(
      ctx,
      `SELECT v.*, (SELECT jsonb_build_object('id', e.id, 'name', e.name) FROM employee e WHERE e.id = v."savedById") AS "savedBy"
       FROM approval_route_version v WHERE v."routeId" = $1 ORDER BY v.version DESC LIMIT 200`,
      [id],
    );
    const names = await this.references.names(ctx, rows);
    return rows.map((row) => ({ row, names }));
  }

  private async hold(ctx: TxCtx, id: string): Promise<ApprovalRoute> {
    const lock = { mode: 'pessimistic_write' as const };
    return (
      (await this.db.repo(ctx, ApprovalRoute).findOne({ where: { id }, lock })) ?? raise(ApprovalError.routeNotFound())
    );
  }

  private async save(ctx: TxCtx, route: ApprovalRoute): Promise<Named<ApprovalRoute>> {
    route.version++;
    route.updatedAt = ctx.now();
    const { id, ...fields } = route;
    await this.db.repo(ctx, ApprovalRoute).update({ id }, fields as never);
    await this.keep(ctx, route);
    return this.changed(ctx, id);
  }

  private async keep(ctx: TxCtx, { id, version, name, over, upTo, definition }: ApprovalRoute): Promise<void> {
    await this.db.repo(ctx, ApprovalRouteVersion).insert({
      routeId: id,
      version,
      name,
      over,
      upTo,
      definition,
      savedById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
      savedAt: ctx.now(),
    } as never);
  }

  private changed(ctx: TxCtx, id: string): Promise<Named<ApprovalRoute>> {
    this.live.touch(ctx, ['approval-routes'], 'staff');
    return this.get(ctx, id);
  }

  /** Everything that is wrong with a route, at once. */
  private async check(ctx: Ctx, route: ApprovalRoute): Promise<void> {
    const problems: FieldProblem[] = definitionProblems(route.definition).map((one) => ({ ...one, message: '' }));
    problems.push(...(await this.references.problems(ctx, route)));
    if (problems.length) throw invalid(problems);
  }
}

export const toThreshold = (input: ThresholdInput | null): Threshold | null =>
  input && {
    value: moneyOf(input.value)!,
    in: input.in,
    indexId: input.in === 'index' ? (input.indexId ?? null) : null,
  };

const toApprover = (one: ApproverInput): Approver => ({
  by: one.by,
  employeeId: one.by === 'employee' ? (one.employeeId ?? null) : null,
  roleId: one.by === 'role' ? (one.roleId ?? null) : null,
  teamId: one.by === 'team_lead' ? (one.teamId ?? null) : null,
  levels: one.by === 'managers' ? (one.levels ?? null) : null,
  upToRoleId: one.by === 'managers' ? (one.upToRoleId ?? null) : null,
});

const toStage = (stage: ApprovalStageInput): Stage => ({
  id: stage.id ?? newId(),
  name: { ...stage.name },
  mode: stage.mode,
  k: stage.mode === 'k_of_n' ? (stage.k ?? null) : null,
  order: stage.order,
  approvers: stage.approvers.map(toApprover),
  term: stage.term
    ? { ...stage.term, calendarId: stage.term.time === 'working' ? (stage.term.calendarId ?? null) : null }
    : null,
  remindBefore: [...(stage.remindBefore ?? [])].sort((one, other) => other - one),
  escalate: stage.escalate ? { afterSeconds: stage.escalate.afterSeconds, to: toApprover(stage.escalate.to) } : null,
  delegate: stage.delegate,
  documents: (stage.documents ?? []).map(({ kindId, by }) => ({ kindId, by })),
  ifNobody: stage.ifNobody,
  allowsReturn: stage.allowsReturn,
});

const toDefinition = (input: RouteDefinitionInput): RouteDefinition => ({
  stages: input.stages.map(toStage),
  copies: (input.copies ?? []).map(toApprover),
  executors: (input.executors ?? []).map(({ who, text }) => ({ who: toApprover(who), text: { ...text } })),
  mergesRepeated: input.mergesRepeated,
  returnsTo: input.returnsTo,
  needsBase: input.needsBase,
});
