import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import {
  type Condition,
  type ConditionField,
  type ConditionFieldType,
  conditionProblems,
  type FieldAlias,
  type Op,
  OPERATORS_OF,
} from './condition';
import { clashIn, isContradiction } from './condition-logic';
import type { CustomField, FieldSubject } from './custom-field.entity';
import { FieldStore } from './field-store.service';
import type { FormFieldFacts } from './form-rule-check';

/** Tells the fields of a subject, with labels in the language of the context. */
export type FieldProvider = (ctx: Ctx) => Promise<ConditionField[]> | ConditionField[];

/** Which fields conditions may ask about. Modules register theirs; custom fields are there by themselves. */
@Injectable()
export class FieldCatalogue {
  private readonly providers = new Map<FieldSubject, FieldProvider[]>();
  private readonly forms = new Map<FieldSubject, FieldProvider>();

  constructor(private readonly store: FieldStore) {}

  /** Adds the fields of a module to a subject, after those registered before. */
  register(subject: FieldSubject, provider: FieldProvider): void {
    this.providers.set(subject, [...(this.providers.get(subject) ?? []), provider]);
  }

  /** Tells which built-in fields a form of the subject may ask for; those without operators cannot be limited to values. */
  registerForm(subject: FieldSubject, provider: FieldProvider): void {
    this.forms.set(subject, provider);
  }

  /** Every field of the subject a condition may ask about. */
  async of(ctx: Ctx, subject: FieldSubject): Promise<ConditionField[]> {
    const lists: ConditionField[][] = [];
    for (const provider of this.providers.get(subject) ?? []) lists.push(await provider(ctx));
    return [...lists.flat(), ...(await this.customOf(ctx, subject))];
  }

  /** Every field a form of the subject may show, and so a rule may speak of. */
  async formOf(ctx: Ctx, subject: FieldSubject): Promise<FormFieldFacts[]> {
    const provider = this.forms.get(subject);
    return provider ? [...(await provider(ctx)), ...(await this.customOf(ctx, subject))] : this.of(ctx, subject);
  }

  private async customOf(ctx: Ctx, subject: FieldSubject): Promise<FormFieldFacts[]> {
    return (await this.store.newestOf(ctx, subject)).list.map((field) => toConditionField(ctx, field));
  }

  /** What is wrong with a condition, also that nothing can ever meet it. */
  async problemsOf(
    ctx: Ctx,
    subject: FieldSubject,
    condition: unknown,
    /** What is known of some fields beyond the catalogue. */
    aliases: Readonly<Record<string, FieldAlias>> = {},
  ): Promise<FieldProblem[]> {
    const catalogue = (await this.of(ctx, subject)).map((field) => {
      const alias = aliases[field.name];
      return alias ? { ...field, alias } : field;
    });
    const problems = conditionProblems(condition, catalogue, '/when');
    if (problems.length || !isContradiction(condition as Condition, catalogue)) return problems;
    const { pointer, fields, against } = clashIn(condition as Condition, catalogue, '/when');
    const labelsOf = (names: string[]) =>
      names.map((name) => `«${catalogue.find((field) => field.name === name)?.label ?? name}»`).join(', ');
    const facts = { one: labelsOf(fields), other: labelsOf(against) };
    if (against.length) return [{ pointer, code: 'fields.conditionClash', message: '', facts }];
    return [{ pointer, code: 'fields.conditionContradiction', message: '' }];
  }
}

const TYPES = {
  text: 'text',
  number: 'number',
  money: 'money',
  date: 'date',
  datetime: 'datetime',
  checkbox: 'boolean',
  select: 'choice',
  multiselect: 'choices',
  reference: 'reference',
  file: 'text',
  formula: 'text',
} as const satisfies Record<CustomField['type'], ConditionFieldType>;
const PRESENCE: readonly Op[] = ['empty', 'not_empty'];

function toConditionField({ locale }: Ctx, { code, name, type, options, config }: CustomField): FormFieldFacts {
  const asked: ConditionFieldType = type === 'formula' ? (config.result ?? 'text') : TYPES[type];
  return {
    name: `cf.${code}`,
    label: name[locale],
    type: asked,
    ...(config.reference && { reference: config.reference }),
    ...(type === 'multiselect' && { isList: true }),
    ...(options.length && { options: options.map(({ value, label }) => ({ value, label: label[locale] })) }),
    ops: type === 'file' ? PRESENCE : OPERATORS_OF[asked],
    ...(type === 'formula' && { isComputed: true }),
  };
}
