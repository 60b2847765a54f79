import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Macro } from './macro.entity';
import { type CreateMacro, type ListMacros, type MacroRow, toMacroView, type UpdateMacro } from './macros.dto';
import { MacroError } from './macros.errors';
import { MOST_OWN, mayKeep, scopeColumns, scopeProblems, usableBy } from './scope';
import { TicketActions } from './ticket-actions.service';

const PATTERN = /[\\%_]/g;
const LAST = 1_000_000;

/** Macros: several actions under one name. */
@Injectable()
export class Macros {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly actions: TicketActions,
  ) {}

  /** What the actor may use, in the order of the menu. */
  async list(ctx: Ctx, { q, cursor, limit }: ListMacros): Promise<Page<MacroRow>> {
    const after = decodeCursor(cursor, ['number', 'uuid']);
    const params = new SqlParams();
    const where = [usableBy(ctx.actor, params)];
    if (q) where.push(`x.name ILIKE ${params.add(`%${q.replace(PATTERN, '\\$&')}%`)}::text`);
    if (after) where.push(`(x.position, x.id) > (${params.add(after[0])}::int, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<Macro>(
      ctx,
      `SELECT x.* FROM macro x WHERE ${where.join(' AND ')} ORDER BY x.position, x.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, limit, ({ position, id }) => keyset(position, id));
    return { ...page, data: await this.judged(ctx, page.data) };
  }

  /** One the actor may use, with what in it no longer holds. */
  async get(ctx: Ctx, id: string): Promise<MacroRow> {
    const params = new SqlParams();
    const rows = await this.db.query<Macro>(
      ctx,
      `SELECT x.* FROM macro x WHERE x.id = ${params.add(id)}::uuid AND ${usableBy(ctx.actor, params)}`,
      params.values,
    );
    const [macro] = await this.judged(ctx, rows);
    return macro ?? raise(MacroError.notFound());
  }

  /** The same, to be run: one that names what is gone or out of use is refused with all of it. */
  async getSound(ctx: Ctx, id: string): Promise<MacroRow> {
    const macro = await this.get(ctx, id);
    if (macro.problems.length) throw invalid(macro.problems);
    return macro;
  }

  create(ctx: Ctx, input: CreateMacro): Promise<MacroRow> {
    return this.db.tx(ctx, async (ctx) => {
      const columns = scopeColumns(ctx, input);
      await this.check(ctx, input);
      if (columns.ownerId) await this.demandRoom(ctx, columns.ownerId);
      const macro = this.db.repo(ctx, Macro).create({
        ...columns,
        id: newId(),
        name: input.name,
        description: input.description ?? '',
        actions: plain(input.actions),
        position: LAST,
        version: 1,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, Macro).insert(macro as never);
      this.touch(ctx);
      return { ...macro, problems: [] };
    });
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdateMacro): Promise<MacroRow> {
    return this.db.tx(ctx, async (ctx) => {
      const macro = await this.getEditable(ctx, id);
      if (macro.version !== seen)
        throw MacroError.changed({}, { current: toMacroView(ctx, { ...macro, problems: [] }) });
      const next = { ...macro, ...definedOf(input) };
      const columns = input.scope || input.teamIds ? scopeColumns(ctx, next) : {};
      await this.check(ctx, next);
      Object.assign(macro, definedOf(input), columns, { version: macro.version + 1, updatedAt: ctx.now() });
      if (input.actions) macro.actions = plain(input.actions);
      await this.db.repo(ctx, Macro).save(macro);
      this.touch(ctx);
      return this.get(ctx, id);
    });
  }

  /** Runs that it began keep its name and actions. */
  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.getEditable(ctx, id);
      await this.db.repo(ctx, Macro).delete({ id });
      this.touch(ctx);
    });
  }

  /** Puts macros in the order of the list; only those the actor may change. */
  order(ctx: Ctx, ids: readonly string[]): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const params = new SqlParams();
      const rows = await this.db.query<Macro>(
        ctx,
        `SELECT x.* FROM macro x WHERE x.id = ANY(${params.add(ids)}::uuid[]) AND ${usableBy(ctx.actor, params)} ORDER BY x.id FOR UPDATE`,
        params.values,
      );
      if (rows.length !== ids.length) throw fieldProblem('/ids', 'macros.idsUnknown');
      if (rows.some((row) => !mayKeep(ctx.actor, row))) throw AccessError.denied();
      await this.db.query(
        ctx,
        `UPDATE macro m SET position = o.place FROM unnest($1::uuid[]) WITH ORDINALITY o(id, place) WHERE m.id = o.id`,
        [ids],
      );
      this.touch(ctx);
    });
  }

  private async judged(ctx: Ctx, macros: readonly Macro[]): Promise<MacroRow[]> {
    const problems = await this.actions.problemsOfMany(ctx, macros, 'macro');
    return macros.map((macro, index) => ({ ...macro, problems: problems[index]! }));
  }

  private async check(ctx: Ctx, input: Pick<CreateMacro, 'scope' | 'teamIds' | 'actions'>): Promise<void> {
    const problems = [
      ...(await scopeProblems(this.db, ctx, input)),
      ...(await this.actions.problems(ctx, input.actions, { place: 'macro' })),
    ];
    if (problems.length) throw invalid(problems);
  }

  private async getEditable(ctx: TxCtx, id: string): Promise<Macro> {
    await this.get(ctx, id);
    const macro = await this.db.repo(ctx, Macro).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!macro) throw MacroError.notFound();
    return mayKeep(ctx.actor, macro) ? macro : raise(AccessError.denied());
  }

  private async demandRoom(ctx: Ctx, ownerId: string): Promise<void> {
    const count = await this.db.repo(ctx, Macro).countBy({ ownerId });
    if (count >= MOST_OWN) throw fieldProblem('/scope', 'macros.tooManyOwn', { limit: MOST_OWN });
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, ['macros'], 'staff');
  }
}

const plain = (actions: CreateMacro['actions']): Macro['actions'] =>
  actions.map(({ action, params }) => ({ action, params }));

/** Only what the request names. */
export const definedOf = <Given extends object>(given: Given): Partial<Given> =>
  Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<Given>;
