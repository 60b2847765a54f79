import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { ChecklistItemChecks } from './checklist-item-checks.service';
import { toItemFacts } from './checklist-items.dto';
import { ChecklistTemplate } from './checklist-template.entity';
import {
  type CreateChecklistTemplate,
  type ListChecklistTemplates,
  type TemplateRow,
  toTemplateView,
  type UpdateChecklistTemplate,
} from './checklist-templates.dto';
import { ChecklistError } from './checklists.errors';

const PATTERN = /[\\%_]/g;
const select = (ctx: Ctx, more = ''): string =>
  `SELECT m.id, m.name, m."isAutomatic", m.axis, m.version, m."archivedAt", m."updatedAt", jsonb_array_length(m.items) AS "itemCount",
     COALESCE((SELECT jsonb_agg(jsonb_build_object('id', y.id, 'name', y.name->>'${ctx.locale === 'en' ? 'en' : 'ru'}') ORDER BY y.position)
       FROM ticket_type y WHERE y.id = ANY(m."typeIds")), '[]') AS types${more} FROM checklist_template m`;
const NAMES = `, m.items, (SELECT jsonb_object_agg(e.id, e.name) FROM employee e
   WHERE e.id IN (SELECT (i->>'assigneeId')::uuid FROM jsonb_array_elements(m.items) i)) AS names`;

/** Checklists ready to be put on tickets. What is on a ticket stays as it was copied. */
@Injectable()
export class ChecklistTemplates {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly checks: ChecklistItemChecks,
  ) {}

  async list(ctx: Ctx, { q, typeId, archived, cursor, limit }: ListChecklistTemplates): Promise<Page<TemplateRow>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const params = new SqlParams();
    const where = [`m."archivedAt" IS ${archived ? 'NOT NULL' : 'NULL'}`];
    if (q) where.push(`m.name ILIKE ${params.add(`%${q.replace(PATTERN, '\\$&')}%`)}::text`);
    if (typeId) where.push(`(m."typeIds" = '{}' OR ${params.add(typeId)}::uuid = ANY(m."typeIds"))`);
    if (after) where.push(`(m.name, m.id) > (${params.add(after[0])}::text, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<TemplateRow>(
      ctx,
      `${select(ctx)} WHERE ${where.join(' AND ')} ORDER BY m.name, m.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ name, id }) => keyset(name, id));
  }

  async get(ctx: Ctx, id: string): Promise<TemplateRow> {
    const [row] = await this.db.query<TemplateRow>(ctx, `${select(ctx, NAMES)} WHERE m.id = $1`, [id]);
    return row ?? raise(ChecklistError.templateNotFound());
  }

  create(ctx: Ctx, input: CreateChecklistTemplate): Promise<TemplateRow> {
    return this.db.tx(ctx, async (ctx) => {
      const items = (input.items ?? []).map(toItemFacts);
      await this.checks.demand(ctx, items, { typeIds: input.typeIds ?? [], given: input.items });
      const template = Object.assign(new ChecklistTemplate(), {
        id: newId(),
        name: input.name,
        typeIds: input.typeIds ?? [],
        isAutomatic: input.isAutomatic ?? false,
        axis: input.axis ?? null,
        items,
        version: 1,
        archivedAt: null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, ChecklistTemplate).insert(template);
      this.live.touch(ctx, ['checklist-templates'], 'staff');
      return this.get(ctx, template.id);
    });
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdateChecklistTemplate): Promise<TemplateRow> {
    return this.db.tx(ctx, async (ctx) => {
      const template = await this.getForUpdate(ctx, id);
      if (template.version !== seen)
        throw ChecklistError.changed({}, { current: toTemplateView(await this.get(ctx, id)) });
      const { items, ...facts } = input;
      const next = items ? items.map(toItemFacts) : template.items;
      await this.checks.demand(ctx, next, { typeIds: input.typeIds ?? [], given: input.items });
      const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
      return this.save(ctx, Object.assign(template, given, { items: next }));
    });
  }

  archive(ctx: Ctx, id: string, isArchived: boolean): Promise<TemplateRow> {
    return this.db.tx(ctx, async (ctx) => {
      const template = await this.getForUpdate(ctx, id);
      if ((template.archivedAt !== null) === isArchived) return this.get(ctx, id);
      return this.save(ctx, Object.assign(template, { archivedAt: isArchived ? ctx.now() : null }));
    });
  }

  private async save(ctx: Ctx, template: ChecklistTemplate): Promise<TemplateRow> {
    Object.assign(template, { version: template.version + 1, updatedAt: ctx.now() });
    await this.db.repo(ctx, ChecklistTemplate).save(template);
    this.live.touch(ctx, ['checklist-templates'], 'staff');
    return this.get(ctx, template.id);
  }

  private async getForUpdate(ctx: Ctx, id: string): Promise<ChecklistTemplate> {
    const lock = { mode: 'pessimistic_write' as const };
    const template = await this.db.repo(ctx, ChecklistTemplate).findOne({ where: { id }, lock });
    return template ?? raise(ChecklistError.templateNotFound());
  }
}
