import { Injectable } from '@nestjs/common';
import { visibleCompanies, visibleContacts, visibleObjects } from '@opora/modules/clients';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import type { ActionParamType, StoredAction, TicketAction } from './ticket-action';

/** Something an action names, and where. */
type Named = { kind: string; id: string; pointer: string };

const KIND_OF: Partial<Record<ActionParamType, string>> = {
  priority: 'priority',
  ticket_type: 'ticket_type',
  team: 'team',
  teams: 'team',
  employee: 'employee',
  employees: 'employee',
  checklist_template: 'checklist_template',
};
/** Fields of a ticket that name rows. */
const FIELD_KINDS: Record<string, string> = {
  typeId: 'ticket_type',
  priorityId: 'priority',
  companyId: 'company',
  contactId: 'contact',
  objectId: 'service_object',
  assigneeId: 'employee',
  teamId: 'team',
  coExecutorIds: 'employee',
  checklistTemplateIds: 'checklist_template',
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Rows that actions and templates name: whether they are still there and in use. */
@Injectable()
export class ActionReferences {
  constructor(private readonly db: Db) {}

  /** What the actions name that is gone, out of use, or out of the actor's sight. */
  problems(
    ctx: Ctx,
    list: readonly StoredAction[],
    actionOf: (name: string) => TicketAction | undefined,
    pointer: string,
  ): Promise<FieldProblem[]> {
    const named = list.flatMap(({ action, params }, index) =>
      (actionOf(action)?.params ?? []).flatMap(({ name, type }) =>
        namedBy(type, params[name], `${pointer}/${index}/params/${name}`),
      ),
    );
    return this.missing(ctx, named);
  }

  /** The same for the fields of several templates, each by itself; one query for all. */
  async ofMany(ctx: Ctx, lists: readonly object[]): Promise<FieldProblem[][]> {
    const named = lists.flatMap((fields, index) => namedByFields(fields, `/${index}`));
    const problems = await this.missing(ctx, named);
    return lists.map((_, index) => {
      const start = `/${index}/`;
      const mine = problems.filter(({ pointer }) => pointer.startsWith(start));
      return mine.map((each) => ({ ...each, pointer: each.pointer.slice(start.length - 1) }));
    });
  }

  private async missing(ctx: Ctx, named: readonly Named[]): Promise<FieldProblem[]> {
    if (!named.length) return [];
    const params = new SqlParams();
    const kinds = [...new Set(named.map(({ kind }) => kind))];
    const parts = kinds.map((kind) => {
      const ids = params.add([
        ...new Set(named.filter((each) => each.kind === kind).map(({ id }) => id.toLowerCase())),
      ]);
      return `SELECT '${kind}' AS kind, x.id, ${outOfUse(kind)} AS "isArchived" FROM ${kind} x WHERE x.id = ANY(${ids}::uuid[])${seen(ctx, kind, params)}`;
    });
    const rows = await this.db.query<{ kind: string; id: string; isArchived: boolean }>(
      ctx,
      parts.join(' UNION ALL '),
      params.values,
    );
    return named.flatMap(({ kind, id, pointer }) => {
      const row = rows.find((each) => each.kind === kind && each.id === id.toLowerCase());
      if (row && !row.isArchived) return [];
      return [{ pointer, code: row ? 'macros.referenceArchived' : 'macros.referenceUnknown', message: '' }];
    });
  }
}

const outOfUse = (kind: string): string =>
  kind === 'employee' ? `(x."archivedAt" IS NOT NULL OR NOT x."isActive")` : `x."archivedAt" IS NOT NULL`;

function seen({ actor }: Ctx, kind: string, params: SqlParams): string {
  if (kind === 'company') return ` AND ${visibleCompanies(actor, params, 'x.id')}`;
  if (kind === 'contact') return ` AND ${visibleContacts(actor, params, 'x.id')}`;
  return kind === 'service_object' ? ` AND ${visibleObjects(actor, params, 'x')}` : '';
}

function namedBy(type: ActionParamType, value: unknown, pointer: string): Named[] {
  if (type === 'field_values') return typeof value === 'object' && value ? namedByFields(value, pointer) : [];
  const kind = KIND_OF[type];
  return kind ? idsIn(value, kind, pointer) : [];
}

const namedByFields = (fields: object, pointer: string): Named[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const kind = FIELD_KINDS[name];
    return kind ? idsIn(value, kind, `${pointer}/${name}`) : [];
  });

const idsIn = (value: unknown, kind: string, pointer: string): Named[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((id) =>
    typeof id === 'string' && UUID.test(id) ? [{ kind, id, pointer }] : [],
  );
