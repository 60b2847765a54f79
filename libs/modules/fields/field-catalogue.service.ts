import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import { type Condition, type ConditionField, conditionProblems } from './condition';
import { isContradiction } from './condition-logic';
import type { FieldSubject } from './custom-field.entity';

/** Tells the fields of a subject, with labels in the language of the context. */
export type FieldProvider = (ctx: Ctx) => Promise<ConditionField[]> | ConditionField[];

/** Which fields conditions may ask about. Modules register theirs; custom fields are there by themselves. */
@Injectable()
export class FieldCatalogue {
  private readonly providers = new Map<FieldSubject, FieldProvider[]>();

  /** Adds the fields of a module to a subject, after those registered before. */
  register(subject: FieldSubject, provider: FieldProvider): void {
    this.providers.set(subject, [...(this.providers.get(subject) ?? []), provider]);
  }

  /** Every field of the subject a condition may ask about. */
  async of(ctx: Ctx, subject: FieldSubject): Promise<ConditionField[]> {
    const lists: ConditionField[][] = [];
    for (const provider of this.providers.get(subject) ?? []) lists.push(await provider(ctx));
    return lists.flat();
  }

  /** What is wrong with a condition, also that nothing can ever meet it. */
  async problemsOf(ctx: Ctx, subject: FieldSubject, condition: unknown, pointer = '/when'): Promise<FieldProblem[]> {
    const catalogue = await this.of(ctx, subject);
    const problems = conditionProblems(condition, catalogue, pointer);
    if (problems.length || !isContradiction(condition as Condition, catalogue)) return problems;
    return [{ pointer, code: 'fields.conditionContradiction', message: '' }];
  }
}
