import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { type ItemFacts, MAX_ITEMS } from './checklist-item';
import { headingProblems, limitProblems } from './checklist-rules';

const CATEGORY = /^[a-z_]+$/;

/** Whether items make sense and what they name is there, for all of them in one query; `given` is what was written of each. */
@Injectable()
export class ChecklistItemChecks {
  constructor(private readonly db: Db) {}

  async demand(
    ctx: Ctx,
    items: readonly ItemFacts[],
    { pointer = '/items', typeIds = [] as string[], given = [] as readonly (Partial<ItemFacts> | undefined)[] } = {},
  ): Promise<void> {
    const problems: FieldProblem[] = [];
    const refuse = (at: string, code: string): unknown =>
      problems.push({ pointer: at, code: `checklists.${code}`, message: '' });
    if (items.length > MAX_ITEMS) refuse(pointer, 'tooManyItems');
    const isOne = pointer === '';
    const found = await this.found(ctx, items, typeIds);
    items.forEach((item, index) => {
      const at = isOne ? '' : `${pointer}/${index}`;
      for (const field of headingProblems(given[index] ?? {})) refuse(`${at}/${field}`, 'headingOnly');
      for (const { field, code } of limitProblems(item)) refuse(`${at}/resultLimits/${field}`, code);
      if (item.assigneeId && !found.employees.includes(item.assigneeId)) refuse(`${at}/assigneeId`, 'employeeUnknown');
      for (const list of ['requiredTo', 'requiredFrom'] as const)
        item[list].forEach((ref, n) => {
          if (!CATEGORY.test(ref) && !found.statuses.includes(ref)) refuse(`${at}/${list}/${n}`, 'statusUnknown');
        });
    });
    typeIds.forEach((id, index) => {
      if (!found.types.includes(id)) refuse(`/typeIds/${index}`, 'typeUnknown');
    });
    if (problems.length) throw invalid(problems);
  }

  private async found(
    ctx: Ctx,
    items: readonly ItemFacts[],
    typeIds: string[],
  ): Promise<{ employees: string[]; statuses: string[]; types: string[] }> {
    const employees = items.flatMap(({ assigneeId }) => assigneeId ?? []);
    const refs = items.flatMap(({ requiredTo, requiredFrom }) => [...requiredTo, ...requiredFrom]);
    const [row] = await this.db.query<{ employees: string[]; statuses: string[]; types: string[] }>(
      ctx,
      `SELECT ARRAY(SELECT id::text FROM employee WHERE id = ANY($1::uuid[]) AND "isActive" AND "archivedAt" IS NULL) AS employees,
         ARRAY(SELECT id::text FROM ticket_status WHERE id = ANY($2::uuid[])) AS statuses,
         ARRAY(SELECT id::text FROM ticket_type WHERE id = ANY($3::uuid[])) AS types`,
      [employees, refs.filter((ref) => !CATEGORY.test(ref)), typeIds],
    );
    return row!;
  }
}
