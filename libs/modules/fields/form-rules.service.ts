import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, type FieldProblem, raise } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import type { FieldSubject } from './custom-field.entity';
import { FieldCatalogue } from './field-catalogue.service';
import { FieldStore } from './field-store.service';
import { FieldsError } from './fields.errors';
import { hiddenRequirements, ruleProblems } from './form-rule-check';
import { FormRule } from './form-rule.entity';
import {
  type CreateFormRule,
  type FormEffectInput,
  type OrderFormRules,
  toFormRuleView,
  type UpdateFormRule,
} from './form-rules.dto';
import type { Effect, RuleOfForm } from './form-rules';

const MAX_RULES = 200;

/** The rules of forms: kept here, obeyed by whoever takes the values. */
@Injectable()
export class FormRules {
  constructor(
    private readonly db: Db,
    private readonly store: FieldStore,
    private readonly catalogue: FieldCatalogue,
  ) {}

  /** The rules that speak, in their order. */
  async active(ctx: Ctx, subject: FieldSubject): Promise<(RuleOfForm & { name: string })[]> {
    return (await this.store.of(ctx, subject)).rules.filter(({ isActive }) => isActive);
  }

  async list(ctx: Ctx, subject: FieldSubject): Promise<readonly FormRule[]> {
    return (await this.store.newestOf(ctx, subject)).rules;
  }

  async get(ctx: Ctx, id: string): Promise<FormRule> {
    return (await this.db.repo(ctx, FormRule).findOneBy({ id })) ?? raise(FieldsError.ruleNotFound());
  }

  create(ctx: Ctx, { name, subject = 'ticket', when, effects, isActive = true }: CreateFormRule): Promise<FormRule> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const repo = this.db.repo(ctx, FormRule);
      if ((await repo.countBy({ subject })) >= MAX_RULES) throw FieldsError.tooManyRules({ limit: MAX_RULES });
      const position = ((await repo.maximum('position', { subject })) ?? 0) + 1;
      const facts = { id: newId(), name, subject, position, isActive, when, effects: effectsOf(effects) };
      const rule = repo.create({ ...facts, version: 1, createdAt: ctx.now(), updatedAt: ctx.now() });
      await this.check(ctx, rule);
      await repo.insert(rule as never);
      return this.saved(ctx, rule.id);
    });
  }

  update(ctx: Ctx, id: string, seen: number, { name, when, effects, isActive }: UpdateFormRule): Promise<FormRule> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const before = await this.get(ctx, id);
      if (before.version !== seen) throw FieldsError.stale({}, { current: toFormRuleView(before) });
      const rule: FormRule = {
        ...before,
        name: name ?? before.name,
        when: when ?? before.when,
        effects: effects ? effectsOf(effects) : before.effects,
        isActive: isActive ?? before.isActive,
        version: before.version + 1,
        updatedAt: ctx.now(),
      };
      await this.check(ctx, rule);
      await this.db.repo(ctx, FormRule).update({ id }, rule as never);
      return this.saved(ctx, id);
    });
  }

  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const { id: known } = await this.get(ctx, id);
      await this.db.repo(ctx, FormRule).delete({ id: known });
      await this.store.changed(ctx);
    });
  }

  order(ctx: Ctx, { subject, ids }: OrderFormRules): Promise<readonly FormRule[]> {
    return this.db.tx(ctx, async (ctx) => {
      await this.store.lock(ctx);
      const present = new Map((await this.list(ctx, subject)).map((rule) => [rule.id, rule]));
      const ordered = ids.flatMap((id) => present.get(id.toLowerCase()) ?? []);
      if (ordered.length !== present.size || ids.length !== present.size)
        throw fieldProblem('/ids', 'fields.orderIncomplete');
      await this.refuseHidden(ctx, subject, ordered);
      await this.db.query(
        ctx,
        `UPDATE form_rule r SET position = o.position FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, position) WHERE r.id = o.id`,
        [ids],
      );
      await this.store.changed(ctx);
      return this.list(ctx, subject);
    });
  }

  private async saved(ctx: TxCtx, id: string): Promise<FormRule> {
    await this.store.changed(ctx);
    return this.get(ctx, id);
  }

  /** Refuses what can never be obeyed, with the place. */
  private async check(ctx: TxCtx, rule: FormRule): Promise<void> {
    const catalogue = await this.catalogue.of(ctx, rule.subject);
    const problems = ruleProblems(rule, catalogue, await this.catalogue.formOf(ctx, rule.subject));
    if (problems.length) throw invalid(problems);
    const others = (await this.list(ctx, rule.subject)).filter(({ id }) => id !== rule.id);
    const all = [...others, rule].sort((one, other) => one.position - other.position);
    await this.refuseHidden(ctx, rule.subject, all, rule);
  }

  /** A rule that requires a field another hides whenever it speaks. */
  private async refuseHidden(
    ctx: TxCtx,
    subject: FieldSubject,
    rules: readonly FormRule[],
    changed?: FormRule,
  ): Promise<void> {
    const active = rules.filter(({ isActive }) => isActive);
    const found = hiddenRequirements(active, await this.catalogue.of(ctx, subject));
    const nameOf = (id: string) => active.find((rule) => rule.id === id)?.name ?? '';
    const problems = found.flatMap(({ rule, effect, hiddenBy, hiddenEffect, how }): FieldProblem[] => {
      const [bars, isBarred] =
        how === 'hide' ? ['ruleHidesRequired', 'ruleRequiresHiddenBy'] : ['ruleLocksRequired', 'ruleRequiresLockedBy'];
      if (!changed) return [{ pointer: '/ids', code: `fields.${bars}`, message: `: ${nameOf(rule)}` }];
      if (rule === changed.id)
        return [{ pointer: `/effects/${effect}`, code: `fields.${isBarred}`, message: `: ${nameOf(hiddenBy)}` }];
      if (hiddenBy !== changed.id) return [];
      return [{ pointer: `/effects/${hiddenEffect}`, code: `fields.${bars}`, message: `: ${nameOf(rule)}` }];
    });
    if (problems.length) throw invalid(problems);
  }
}

const effectsOf = (effects: readonly FormEffectInput[]): Effect[] =>
  effects.map(({ field, effect, values }) => ({ field, effect, ...(values && { values }) }));
