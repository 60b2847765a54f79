import { Injectable } from '@nestjs/common';
import { CustomFields } from '@opora/modules/fields';
import { Tickets, toRichText } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, type FieldProblem, fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { ActionReferences } from './action-references.service';
import { toProblemViews } from './macros.dto';
import { MacroError } from './macros.errors';
import { definedOf } from './macros.service';
import { MOST_OWN, mayKeep, scopeColumns, scopeProblems, usableBy } from './scope';
import { TicketTemplate } from './ticket-template.entity';
import {
  type CopyTicketTemplate,
  type CreateTicketTemplate,
  type ListTicketTemplates,
  type TicketTemplateRow,
  toTicketTemplateView,
  type UpdateTicketTemplate,
} from './ticket-templates.dto';

const PATTERN = /[\\%_]/g;

/** Values new tickets begin with. */
@Injectable()
export class TicketTemplates {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly tickets: Tickets,
    private readonly fields: CustomFields,
    private readonly references: ActionReferences,
  ) {}

  async list(ctx: Ctx, { q, cursor, limit }: ListTicketTemplates): Promise<Page<TicketTemplateRow>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const params = new SqlParams();
    const where = [usableBy(ctx.actor, params)];
    if (q) where.push(`x.name ILIKE ${params.add(`%${q.replace(PATTERN, '\\$&')}%`)}::text`);
    if (after) where.push(`(x.name, x.id) > (${params.add(after[0])}::text, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<TicketTemplate>(
      ctx,
      `SELECT x.* FROM ticket_template x WHERE ${where.join(' AND ')} ORDER BY x.name, x.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, limit, ({ name, id }) => keyset(name, id));
    return { ...page, data: await this.judged(ctx, page.data) };
  }

  async get(ctx: Ctx, id: string): Promise<TicketTemplateRow> {
    const params = new SqlParams();
    const rows = await this.db.query<TicketTemplate>(
      ctx,
      `SELECT x.* FROM ticket_template x WHERE x.id = ${params.add(id)}::uuid AND ${usableBy(ctx.actor, params)}`,
      params.values,
    );
    const [row] = await this.judged(ctx, rows);
    return row ?? raise(MacroError.templateNotFound());
  }

  create(ctx: Ctx, input: CreateTicketTemplate): Promise<TicketTemplateRow> {
    return this.db.tx(ctx, async (ctx) => {
      const columns = scopeColumns(ctx, input);
      await this.check(ctx, input);
      if (columns.ownerId) await this.demandRoom(ctx, columns.ownerId);
      const row = this.db.repo(ctx, TicketTemplate).create({
        ...columns,
        id: newId(),
        name: input.name,
        description: input.description ?? '',
        values: valuesOf(input.values),
        checklistTemplateIds: input.checklistTemplateIds ?? [],
        version: 1,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, TicketTemplate).insert(row as never);
      this.touch(ctx);
      return this.get(ctx, row.id);
    });
  }

  /** A template of what a ticket has: what it is about, not who asked, unless that is wanted. */
  async copy(ctx: Ctx, { ticketId, name, withClient, ...scope }: CopyTicketTemplate): Promise<TicketTemplateRow> {
    const card = await this.tickets.get(ctx, ticketId);
    const { companyId, contactId, objectId } = card;
    const lists = await this.db.query<{ id: string }>(
      ctx,
      `SELECT DISTINCT m.id FROM checklist c JOIN checklist_template m ON m.id = c."templateId" AND m."archivedAt" IS NULL
       WHERE c."ticketId" = $1 AND NOT m."isAutomatic" LIMIT 5`,
      [card.id],
    );
    const values = {
      subject: card.subject,
      description: card.description,
      typeId: card.typeId,
      priorityId: card.priorityId,
      teamId: card.teamId,
      plannedSeconds: card.plannedSeconds,
      impact: card.impact,
      urgency: card.urgency,
      customFields: await this.copied(ctx, card.customFields),
      ...(withClient ? { companyId, contactId, objectId } : {}),
    };
    return this.create(ctx, {
      ...scope,
      name,
      values,
      checklistTemplateIds: lists.map(({ id }) => id),
    } as CreateTicketTemplate);
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdateTicketTemplate): Promise<TicketTemplateRow> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getEditable(ctx, id);
      if (row.version !== seen)
        throw MacroError.changed({}, { current: toTicketTemplateView(ctx, { ...row, problems: [] }) });
      const next = { ...row, ...definedOf(input) };
      const columns = input.scope || input.teamIds ? scopeColumns(ctx, next) : {};
      await this.check(ctx, next);
      Object.assign(row, definedOf(input), columns, { version: row.version + 1, updatedAt: ctx.now() });
      if (input.values) row.values = valuesOf(input.values);
      await this.db.repo(ctx, TicketTemplate).save(row);
      this.touch(ctx);
      return this.get(ctx, id);
    });
  }

  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.getEditable(ctx, id);
      await this.db.repo(ctx, TicketTemplate).delete({ id });
      this.touch(ctx);
    });
  }

  /** What in each no longer holds: looked up for all of them at once. */
  private async judged(ctx: Ctx, rows: readonly TicketTemplate[]): Promise<TicketTemplateRow[]> {
    const problems = await this.references.ofMany(
      ctx,
      rows.map(({ values, checklistTemplateIds }) => ({ ...values, checklistTemplateIds })),
    );
    return rows.map((row, index) => ({ ...row, problems: toProblemViews(ctx, problems[index]!.map(inTemplate)) }));
  }

  private async check(
    ctx: Ctx,
    input: Pick<CreateTicketTemplate, 'scope' | 'teamIds' | 'values' | 'checklistTemplateIds'>,
  ): Promise<void> {
    const { values, checklistTemplateIds = [] } = input;
    const [gone = []] = await this.references.ofMany(ctx, [{ ...values, checklistTemplateIds }]);
    const custom = values.customFields ? await this.fields.check(ctx, 'ticket', values.customFields) : { problems: [] };
    const problems = [
      ...(await scopeProblems(this.db, ctx, input)),
      ...gone.map(inTemplate),
      ...custom.problems.map((each) => ({ ...each, pointer: `/values${each.pointer}` })),
    ];
    if (problems.length) throw invalid(problems);
  }

  /** Values that may be written: computed ones come by themselves, files belong to the ticket they were put on. */
  private async copied(ctx: Ctx, stored: Record<string, unknown>): Promise<Record<string, unknown>> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    const written = definitions.filter(({ type }) => type !== 'formula' && type !== 'file').map(({ code }) => code);
    const shown = await this.fields.viewOf(ctx, 'ticket', stored as never);
    return Object.fromEntries(
      Object.entries(shown).filter(([code, value]) => written.includes(code) && value !== null),
    );
  }

  private async getEditable(ctx: TxCtx, id: string): Promise<TicketTemplate> {
    await this.get(ctx, id);
    const row = await this.db.repo(ctx, TicketTemplate).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw MacroError.templateNotFound();
    return mayKeep(ctx.actor, row) ? row : raise(AccessError.denied());
  }

  private async demandRoom(ctx: Ctx, ownerId: string): Promise<void> {
    const count = await this.db.repo(ctx, TicketTemplate).countBy({ ownerId });
    if (count >= MOST_OWN) throw fieldProblem('/scope', 'macros.tooManyOwn', { limit: MOST_OWN });
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, ['ticket-templates'], 'staff');
  }
}

/** What is set; pictures of another ticket do not go along. */
function valuesOf(values: object): Record<string, unknown> {
  const set = definedOf(values) as Record<string, unknown>;
  if (typeof set.description === 'string')
    set.description = toRichText(set.description).html.replace(/<img\b[^>]*data-file-id[^>]*>/g, '');
  return set;
}

const inTemplate = (problem: FieldProblem): FieldProblem => ({
  ...problem,
  pointer: problem.pointer.startsWith('/checklistTemplateIds') ? problem.pointer : `/values${problem.pointer}`,
});
