import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, type FieldProblem, raise } from '@opora/platform/errors';
import { Jobs } from '@opora/platform/events';
import { invalid } from '@opora/platform/http';
import { clausesOf } from './condition';
import { canonicalConfig, canonicalOptions, configProblems, optionProblems } from './custom-field-config';
import {
  type CreateCustomField,
  type ListCustomFields,
  type OrderCustomFields,
  toCustomFieldView,
  type UpdateCustomField,
} from './custom-fields.dto';
import { CustomField } from './custom-field.entity';
import { FieldRows } from './field-ports.service';
import { FieldStore } from './field-store.service';
import { ComputeFormulas } from './fields.jobs';
import { FieldsError } from './fields.errors';
import { brokenFormulas } from './formula-plan';

const MAX_FIELDS = 200;

/** Custom fields as they are defined: archived and never deleted, since rows may hold their values. */
@Injectable()
export class CustomFieldDefinitions {
  constructor(
    private readonly db: Db,
    private readonly store: FieldStore,
    private readonly rows: FieldRows,
    private readonly jobs: Jobs,
  ) {}

  async list(ctx: Ctx, { subject, archived = false }: ListCustomFields): Promise<CustomField[]> {
    const fields = await this.store.all(ctx);
    return fields.filter((field) => (!subject || field.subject === subject) && Boolean(field.archivedAt) === archived);
  }

  async get(ctx: Ctx, id: string): Promise<CustomField> {
    return (await this.store.all(ctx)).find((field) => field.id === id.toLowerCase()) ?? raise(FieldsError.notFound());
  }

  create(
    ctx: Ctx,
    { subject, code, type, name, hint = null, options = [], config = {}, ...flags }: CreateCustomField,
  ): Promise<CustomField> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const repo = this.db.repo(ctx, CustomField);
      if ((await repo.countBy({ subject })) >= MAX_FIELDS) throw FieldsError.tooManyFields({ limit: MAX_FIELDS });
      if (await repo.existsBy({ subject, code })) throw FieldsError.codeTaken({ code });
      const field = repo.create({
        id: newId(),
        subject,
        code,
        type,
        name: { ru: name.ru, en: name.en },
        hint: hint && { ru: hint.ru, en: hint.en },
        options,
        config,
        isClientVisible: flags.isClientVisible ?? false,
        isClientEditable: flags.isClientEditable ?? false,
        position: ((await repo.maximum('position', { subject })) ?? 0) + 1,
        archivedAt: null,
        version: 1,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      refuse(problemsOf(field));
      await repo.insert(await this.ready(ctx, field));
      return this.saved(ctx, field.id);
    });
  }

  update(ctx: Ctx, id: string, seen: number, { name, hint, ...changes }: UpdateCustomField): Promise<CustomField> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const before = await this.get(ctx, id);
      if (before.version !== seen) throw FieldsError.stale({}, { current: toCustomFieldView(ctx, before) });
      const field: CustomField = {
        ...before,
        ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
        ...(name && { name: { ru: name.ru, en: name.en } }),
        ...(hint !== undefined && { hint: hint && { ru: hint.ru, en: hint.en } }),
      };
      if (field.type !== before.type || field.config.reference !== before.config.reference)
        await this.refuseTypeChange(ctx, before, field, changes);
      refuse(problemsOf(field));
      await this.refuseLostOptions(ctx, before, field);
      await this.save(ctx, await this.ready(ctx, field));
      return this.saved(ctx, id);
    });
  }

  archive = (ctx: Ctx, id: string): Promise<CustomField> => this.setArchived(ctx, id, ctx.now());

  restore = (ctx: Ctx, id: string): Promise<CustomField> => this.setArchived(ctx, id, null);

  order(ctx: Ctx, { subject, ids }: OrderCustomFields): Promise<CustomField[]> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const present = await this.list(ctx, { subject });
      const given = new Set(ids.map((id) => id.toLowerCase()));
      if (ids.length !== present.length || present.some(({ id }) => !given.has(id)))
        throw fieldProblem('/ids', 'fields.orderIncomplete');
      await this.db.query(
        ctx,
        `UPDATE custom_field f SET position = o.position FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, position) WHERE f.id = o.id`,
        [ids],
      );
      await this.store.changed(ctx);
      return this.list(ctx, { subject });
    });
  }

  private setArchived(ctx: Ctx, id: string, archivedAt: Date | null): Promise<CustomField> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const before = await this.get(ctx, id);
      if (Boolean(before.archivedAt) === Boolean(archivedAt)) return before;
      if (archivedAt) await this.refuseIfRuled(ctx, before);
      await this.save(ctx, await this.ready(ctx, { ...before, archivedAt }));
      return this.saved(ctx, id);
    });
  }

  private async save(ctx: TxCtx, { id, ...field }: CustomField): Promise<void> {
    await this.db
      .repo(ctx, CustomField)
      .update({ id }, { ...field, version: field.version + 1, updatedAt: ctx.now() } as never);
  }

  /** The field as it is stored, if every formula of the subject can still be read with it. */
  private async ready(ctx: TxCtx, field: CustomField): Promise<CustomField> {
    const { type, config, options } = field;
    const next = { ...field, config: canonicalConfig(type, config), options: canonicalOptions(options) };
    const others = (await this.store.of(ctx, field.subject)).list.filter(({ id }) => id !== field.id);
    const all = brokenFormulas(next.archivedAt ? others : [...others, next]);
    const broken = all.find((one) => one.field.id === field.id) ?? all[0];
    if (!broken) return next;
    if (broken.field.id !== field.id) throw FieldsError.neededByFormula({ name: broken.field.name[ctx.locale] });
    throw invalid([
      { pointer: '/config/formula', code: `fields.${broken.code}`, message: `${broken.at + 1}: ${broken.word}` },
    ]);
  }

  private async saved(ctx: TxCtx, id: string): Promise<CustomField> {
    await this.store.changed(ctx);
    const field = await this.get(ctx, id);
    const { plan } = await this.store.of(ctx, field.subject);
    if (plan.length) await this.jobs.enqueue(ctx, ComputeFormulas({ subject: field.subject, after: null }));
    return field;
  }

  private async refuseTypeChange(
    ctx: TxCtx,
    before: CustomField,
    field: CustomField,
    given: UpdateCustomField,
  ): Promise<void> {
    const count = await this.rows.count(ctx, before.subject, before.code);
    if (count) throw FieldsError.hasValues({ count }, { count });
    await this.refuseIfRuled(ctx, before);
    if (field.type === before.type) return;
    // Options and limits of the old type mean nothing to the new one.
    field.options = given.options ?? [];
    field.config = given.config ?? {};
  }

  private async refuseIfRuled(ctx: TxCtx, { subject, code }: CustomField): Promise<void> {
    const name = `cf.${code}`;
    const { rules } = await this.store.of(ctx, subject);
    const rule = rules.find(
      ({ when, effects }) =>
        effects.some(({ field }) => field === name) || clausesOf(when).some(({ field }) => field === name),
    );
    if (rule) throw FieldsError.neededByRule({ name: rule.name });
  }

  /** An option that rows have chosen goes to the archive; it does not vanish. */
  private async refuseLostOptions(ctx: TxCtx, before: CustomField, field: CustomField): Promise<void> {
    if (before.type !== field.type) return;
    const kept = new Set(field.options.map(({ value }) => value));
    const lost = before.options.map(({ value }) => value).filter((value) => !kept.has(value));
    const used = await this.rows.usedOptions(ctx, field.subject, field.code, lost);
    if (used.length) throw invalid([{ pointer: '/options', code: 'fields.optionUsed', message: `: ${used[0]}` }]);
  }
}

function problemsOf({ type, config, options, isClientVisible, isClientEditable }: CustomField): FieldProblem[] {
  const problems = [...configProblems(type, config), ...optionProblems(type, options)];
  if (isClientEditable && !isClientVisible)
    problems.push({ pointer: '/isClientEditable', code: 'fields.editableHidden', message: '' });
  return problems;
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length) throw invalid(problems);
}
