import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import type { PolicyDefinition } from './sla-policy.entity';

type Reference = { pointer: string; kind: 'calendar' | 'status' | 'employee' | 'team'; id: string };

const TABLES: Record<Reference['kind'], string> = {
  calendar: `SELECT id, 'calendar' AS kind FROM work_calendar WHERE "archivedAt" IS NULL AND id = ANY($1::uuid[])`,
  status: `SELECT id, 'status' AS kind FROM ticket_status WHERE id = ANY($2::uuid[])`,
  employee: `SELECT id, 'employee' AS kind FROM employee WHERE "archivedAt" IS NULL AND id = ANY($3::uuid[])`,
  team: `SELECT id, 'team' AS kind FROM team WHERE "archivedAt" IS NULL AND id = ANY($4::uuid[])`,
};
const KINDS = Object.keys(TABLES) as Reference['kind'][];

/** What a policy leads to: calendars, statuses, people. */
@Injectable()
export class PolicyReferences {
  constructor(private readonly db: Db) {}

  /** Every reference that leads nowhere, each with its place; one query. */
  async problemsOf(ctx: Ctx, definition: PolicyDefinition): Promise<FieldProblem[]> {
    const references = referencesOf(definition);
    const ids = KINDS.map((kind) => references.filter((one) => one.kind === kind).map(({ id }) => id));
    const rows = await this.db.query<{ id: string; kind: string }>(
      ctx,
      KINDS.map((kind) => TABLES[kind]).join(' UNION ALL '),
      ids,
    );
    const known = new Set(rows.map(({ id, kind }) => `${kind} ${id}`));
    const lost = references.filter(({ id, kind }) => !known.has(`${kind} ${id.toLowerCase()}`));
    return [
      ...lost.map(({ pointer, kind }) => ({ pointer, code: `sla.${kind}Unknown`, message: '' })),
      ...escalationProblems(definition),
    ];
  }

  async calendarNames(ctx: Ctx): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; name: string }>(ctx, 'SELECT id, name FROM work_calendar');
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function referencesOf({ calendarId, metrics }: PolicyDefinition): Reference[] {
  return [
    { pointer: '/calendarId', kind: 'calendar' as const, id: calendarId },
    ...metrics.flatMap((metric, index): Reference[] => {
      const here = `/metrics/${index}`;
      const statuses = (name: 'pauseStatusIds' | 'statusIds') =>
        metric[name].map((id, at): Reference => ({ pointer: `${here}/${name}/${at}`, kind: 'status', id }));
      const people = metric.escalateTo.flatMap(({ kind, id }, at): Reference[] =>
        id && (kind === 'employee' || kind === 'team') ? [{ pointer: `${here}/escalateTo/${at}/id`, kind, id }] : [],
      );
      const own: Reference[] = metric.calendarId
        ? [{ pointer: `${here}/calendarId`, kind: 'calendar', id: metric.calendarId }]
        : [];
      return [...own, ...statuses('pauseStatusIds'), ...statuses('statusIds'), ...people];
    }),
  ];
}

const escalationProblems = ({ metrics }: PolicyDefinition): FieldProblem[] =>
  metrics.flatMap(({ escalateTo }, index) =>
    escalateTo.flatMap(({ kind, id }, at) =>
      kind === 'employee' && !id
        ? [{ pointer: `/metrics/${index}/escalateTo/${at}/id`, code: 'sla.escalationNeedsPerson', message: '' }]
        : [],
    ),
  );
