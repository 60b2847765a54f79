import { type Clause, type Condition, FieldCatalogue } from '@opora/modules/fields';
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

/** Where the rows lie that conditions refer to. */
const ROWS: Readonly<Record<string, string>> = {
  company: 'company',
  contact: 'contact',
  object: 'service_object',
  employee: 'employee',
  team: 'team',
  ticket: 'ticket',
};

/** Every clause of a condition with its place. */
function placedClauses(condition: Condition, pointer = '/when'): { clause: Clause; pointer: string }[] {
  if ('not' in condition) return placedClauses(condition.not, `${pointer}/not`);
  if ('all' in condition) return condition.all.flatMap((part, at) => placedClauses(part, `${pointer}/all/${at}`));
  if ('any' in condition) return condition.any.flatMap((part, at) => placedClauses(part, `${pointer}/any/${at}`));
  return [{ clause: condition, pointer }];
}

/** What a policy leads to: calendars, statuses, people. */
@Injectable()
export class PolicyReferences {
  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
  ) {}

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

  /** References of a condition that lead to nothing, each with its place; one query. What is archived still has its tickets. */
  async problemsOfCondition(ctx: Ctx, when: Condition): Promise<FieldProblem[]> {
    const fields = new Map((await this.catalogue.of(ctx, 'ticket')).map((field) => [field.name, field]));
    const named = placedClauses(when).flatMap(({ clause: { field, value }, pointer }) => {
      const { type, reference = '' } = fields.get(field) ?? {};
      if (type !== 'reference' || !Object.hasOwn(ROWS, reference)) return [];
      if (!Array.isArray(value))
        return typeof value === 'string' ? [{ id: value, pointer: `${pointer}/value`, reference }] : [];
      return value.map((id, at) => ({ id: String(id), pointer: `${pointer}/value/${at}`, reference }));
    });
    if (!named.length) return [];
    const kinds = [...new Set(named.map(({ reference }) => reference))];
    const rows = await this.db.query<{ id: string; kind: string }>(
      ctx,
      kinds
        .map((kind, at) => `SELECT id, '${kind}' AS kind FROM ${ROWS[kind]} WHERE id = ANY($${at + 1}::uuid[])`)
        .join(' UNION ALL '),
      kinds.map((kind) => named.filter(({ reference }) => reference === kind).map(({ id }) => id)),
    );
    const known = new Set(rows.map(({ id, kind }) => `${kind} ${id}`));
    return named
      .filter(({ id, reference }) => !known.has(`${reference} ${id.toLowerCase()}`))
      .map(({ pointer }) => ({ pointer, code: 'sla.rowGone', message: '' }));
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
