import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import type { BindingInput } from './process-bindings.dto';
import { ProcessBinding } from './process.entity';
import type { StatusCategory } from './ticket-status';

type Named = { id: string; name: string };
export type BindingRow = {
  id: string;
  type: Named | null;
  company: Named | null;
  category: Named | null;
  process: Named;
};
/** A process with the status its tickets begin with. */
export type ChosenProcess = { processId: string; statusId: string; statusCategory: StatusCategory };
type Conditions = Pick<ProcessBinding, 'typeId' | 'companyId' | 'categoryId'>;
const CONDITIONS = ['typeId', 'companyId', 'categoryId'] as const;

/** SQL of the process for a type (alias `y`) and a company: the first binding that fits, otherwise the type's own. */
export const processSql = (company: string): string => `COALESCE((SELECT b."processId" FROM process_binding b
    WHERE (b."typeId" IS NULL OR b."typeId" = y.id) AND (b."companyId" IS NULL OR b."companyId" = ${company})
      AND (b."categoryId" IS NULL OR EXISTS (SELECT 1 FROM company_category_link k WHERE k."companyId" = ${company} AND k."categoryId" = b."categoryId"))
    ORDER BY b.position LIMIT 1), y."processId")`;

/** Which process a ticket goes by: a client, a group of clients or a type can have its own. */
@Injectable()
export class ProcessBindings {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  list(ctx: Ctx): Promise<BindingRow[]> {
    const named = (table: string, id: string, name = 'x.name'): string =>
      `(SELECT jsonb_build_object('id', x.id, 'name', ${name}) FROM ${table} x WHERE x.id = ${id})`;
    return this.db.query<BindingRow>(
      ctx,
      `SELECT b.id, ${named('ticket_type', 'b."typeId"', 'x.name->>$1')} AS type, ${named('company', 'b."companyId"')} AS company,
         ${named('company_category', 'b."categoryId"')} AS category, ${named('process', 'b."processId"', 'x.name->>$1')} AS process
       FROM process_binding b ORDER BY b.position`,
      [ctx.locale],
    );
  }

  /** Replaces the whole list. Tickets on their way keep their process until their type or company changes. */
  replace(ctx: Ctx, inputs: BindingInput[]): Promise<BindingRow[]> {
    const rows = inputs.map(({ typeId, companyId, categoryId, processId }, position) => ({
      id: newId(),
      position,
      typeId: typeId ?? null,
      companyId: companyId ?? null,
      categoryId: categoryId ?? null,
      processId,
    }));
    return this.db.tx(ctx, async (ctx) => {
      await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.processes'))`);
      const problems = [...(await this.unknown(ctx, rows)), ...shadowed(ctx, rows)];
      if (problems.length) throw invalid(problems);
      await this.db.repo(ctx, ProcessBinding).createQueryBuilder().delete().execute();
      if (rows.length) await this.db.repo(ctx, ProcessBinding).insert(rows);
      this.live.touch(ctx, ['processes'], 'staff');
      return this.list(ctx);
    });
  }

  /** The process of a ticket of this type for this company. */
  async choose(ctx: Ctx, typeId: string, companyId: string | null): Promise<ChosenProcess | undefined> {
    const [chosen] = await this.db.prepared<ChosenProcess>(
      ctx,
      `SELECT r.id AS "processId", s.id AS "statusId", s.category AS "statusCategory"
       FROM ticket_type y JOIN process r ON r.id = ${processSql('$2::uuid')} JOIN ticket_status s ON s.id = r."initialStatusId" WHERE y.id = $1::uuid`,
      [typeId, companyId],
    );
    return chosen;
  }

  private async unknown(ctx: Ctx, rows: (Conditions & { processId: string })[]): Promise<FieldProblem[]> {
    const tables = {
      typeId: 'ticket_type',
      companyId: 'company',
      categoryId: 'company_category',
      processId: 'process',
    };
    const codes = { typeId: 'type', companyId: 'company', categoryId: 'category', processId: 'process' };
    const names = ['typeId', 'companyId', 'categoryId', 'processId'] as const;
    const known = new Set(
      (
        await this.db.query<{ key: string }>(
          ctx,
          names
            .map((name, n) => `SELECT '${name}:' || id AS key FROM ${tables[name]} WHERE id = ANY($${n + 1}::uuid[])`)
            .join(' UNION ALL '),
          names.map((name) => rows.map((row) => row[name])),
        )
      ).map(({ key }) => key),
    );
    return rows.flatMap((row, index) =>
      names
        .filter((name) => row[name] && !known.has(`${name}:${row[name].toLowerCase()}`))
        .map((name) => ({ pointer: `/bindings/${index}/${name}`, code: `tickets.${codes[name]}Unknown`, message: '' })),
    );
  }
}

/** Rows without a condition, and rows that one before them leaves nothing to. */
function shadowed(ctx: Ctx, rows: Conditions[]): FieldProblem[] {
  const covers = (earlier: Conditions, later: Conditions): boolean =>
    CONDITIONS.every((name) => earlier[name] === null || earlier[name] === later[name]);
  return rows.flatMap((row, index): FieldProblem[] => {
    const pointer = `/bindings/${index}`;
    if (CONDITIONS.every((name) => row[name] === null))
      return [{ pointer, code: 'tickets.bindingEmpty', message: t(ctx, 'errors.tickets.bindingEmpty') }];
    const before = rows.slice(0, index).findIndex((earlier) => covers(earlier, row));
    const message = t(ctx, 'errors.tickets.bindingCovered', { row: before + 1 });
    return before < 0 ? [] : [{ pointer, code: 'tickets.bindingCovered', message }];
  });
}
