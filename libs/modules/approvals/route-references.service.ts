import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import type { NamedRef } from './approval-route-views';
import type { ApprovalRoute } from './approval-route.entity';
import { approversOf, type RouteDefinition } from './route-definition';

type Mentioned = { definition: RouteDefinition; kindId?: string };
type Known = { id: string; what: 'employee' | 'team' | 'kind' | 'document' | 'role' | 'index' | 'calendar' };

/** What routes mention: whether it is there, and how it is called. */
@Injectable()
export class RouteReferences {
  constructor(private readonly db: Db) {}

  /** Everything a route mentions that does not exist or is out of use. */
  async problems(ctx: Ctx, { definition, kindId, over, upTo }: ApprovalRoute): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    const limits = [over, upTo];
    const asked = [
      kindId,
      ...idsOf({ definition }),
      ...limits.map((limit) => limit?.indexId),
      ...definition.stages.map(({ term }) => term?.calendarId),
    ];
    const known = new Set((await this.known(ctx, asked)).map(({ id, what }) => `${what}:${id}`));
    const demand = (pointer: string, what: Known['what'], id: string | null | undefined, code: string): void => {
      if (id && !known.has(`${what}:${id}`)) problems.push({ pointer, code, message: '' });
    };
    demand('/kindId', 'kind', kindId, 'approvals.kindUnknown');
    for (const [field, limit] of [
      ['over', over],
      ['upTo', upTo],
    ] as const) {
      if (limit?.in === 'index' && !limit.indexId)
        problems.push({ pointer: `/${field}/indexId`, code: 'validation.isUuid', message: '' });
      demand(`/${field}/indexId`, 'index', limit?.indexId, 'approvals.indexUnknown');
    }
    for (const { at, who } of approversOf(definition)) {
      demand(`${at}/employeeId`, 'employee', who.employeeId, 'approvals.employeeUnknown');
      demand(`${at}/roleId`, 'role', who.roleId, 'approvals.roleUnknown');
      demand(`${at}/upToRoleId`, 'role', who.upToRoleId, 'approvals.roleUnknown');
      demand(`${at}/teamId`, 'team', who.teamId, 'approvals.teamUnknown');
    }
    for (const [index, { term, documents }] of definition.stages.entries()) {
      const at = `/definition/stages/${index}`;
      demand(`${at}/term/calendarId`, 'calendar', term?.calendarId, 'approvals.calendarUnknown');
      for (const [nth, { kindId }] of documents.entries())
        demand(`${at}/documents/${nth}/kindId`, 'document', kindId, 'approvals.documentKindUnknown');
    }
    return problems;
  }

  private known(ctx: Ctx, asked: readonly (string | null | undefined)[]): Promise<Known[]> {
    const ids = asked.filter((id) => id !== null && id !== undefined);
    return this.db.query<Known>(
      ctx,
      `SELECT id, 'employee' AS what FROM employee WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL
       UNION ALL SELECT id, 'team' FROM team WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL
       UNION ALL SELECT id, catalogue FROM approval_item WHERE id = ANY($1::uuid[]) AND "isActive"
       UNION ALL SELECT id, 'index' FROM approval_index WHERE id = ANY($1::uuid[])
       UNION ALL SELECT id, 'calendar' FROM work_calendar WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL`,
      [[...new Set(ids)]],
    );
  }

  /** Names of everything that routes mention, in one query. */
  async names(ctx: Ctx, routes: readonly Mentioned[]): Promise<Map<string, NamedRef>> {
    const ids = routes.flatMap((route) => [route.kindId ?? null, ...idsOf(route)]).filter((id) => !!id);
    if (!ids.length) return new Map();
    const rows = await this.db.query<{ id: string; name: NamedRef }>(
      ctx,
      `SELECT id, to_jsonb(name) AS name FROM employee WHERE id = ANY($1::uuid[])
       UNION ALL SELECT id, to_jsonb(name) FROM team WHERE id = ANY($1::uuid[])
       UNION ALL SELECT id, name FROM approval_item WHERE id = ANY($1::uuid[])`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const idsOf = ({ definition }: Mentioned): (string | null | undefined)[] => [
  ...approversOf(definition).flatMap(({ who }) => [who.employeeId, who.roleId, who.teamId, who.upToRoleId]),
  ...definition.stages.flatMap(({ documents }) => documents.map(({ kindId }) => kindId)),
];
