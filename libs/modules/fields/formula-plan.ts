import type { CustomField, CustomFieldType } from './custom-field.entity';
import type { StoredValue, StoredValues } from './custom-field-values';
import { type Formula, type FormulaType, type FormulaValue, readFormula, runFormula } from './formula';
import type { FormulaProblem } from './formula-tree';

type Step = { code: string; formula: Formula; decimals?: number };
/** The computed fields of a subject, each after those it needs. */
export type FormulaPlan = readonly Step[];

const TYPES: Partial<Record<CustomFieldType, FormulaType>> = {
  text: 'text',
  number: 'number',
  money: 'number',
  date: 'date',
  datetime: 'date',
  checkbox: 'boolean',
  select: 'text',
};

type Read = { steps: Map<string, Step>; broken: BrokenFormula[] };
/** A computed field whose formula cannot be read among these fields, why and where. */
export type BrokenFormula = FormulaProblem & { field: CustomField };

/** Reads the formulas, again and again until no more can be read: one may need what another gives. */
function read(fields: readonly CustomField[]): Read {
  const types: Record<string, FormulaType> = {};
  for (const field of fields) {
    const type = TYPES[field.type];
    if (type) types[field.code] = type;
  }
  const steps = new Map<string, Step>();
  let waiting = fields.filter(({ type }) => type === 'formula');
  for (;;) {
    const broken: BrokenFormula[] = [];
    for (const field of waiting) {
      const formula = readFormula(field.config.formula ?? '', types);
      if ('code' in formula) {
        broken.push({ ...formula, field });
        continue;
      }
      steps.set(field.code, { code: field.code, formula, decimals: field.config.decimals });
      types[field.code] = formula.type;
    }
    if (!broken.length || broken.length === waiting.length)
      return { steps, broken: broken.map((one) => inCircle(one, broken)) };
    waiting = broken.map(({ field }) => field);
  }
}

/** What needs a formula that cannot be read either is part of a circle, not misspelt. */
function inCircle(broken: BrokenFormula, others: readonly BrokenFormula[]): BrokenFormula {
  const isWaiting = broken.code === 'formulaFieldUnknown' && others.some(({ field }) => field.code === broken.word);
  return isWaiting ? { ...broken, code: 'formulaCircle' } : broken;
}

/** The computed fields that cannot be computed among these fields. */
export const brokenFormulas = (fields: readonly CustomField[]): BrokenFormula[] => read(fields).broken;

/** The plan of a subject's computed fields, each after those it needs; what cannot be read computes nothing. */
export const planOf = (fields: readonly CustomField[]): FormulaPlan => [...read(fields).steps.values()];

const inputOf = (value: StoredValue | undefined, type: CustomFieldType | undefined): FormulaValue => {
  if (value === undefined || Array.isArray(value)) return null;
  return type === 'money' ? Number(value) : value;
};

/** The values with every computed field computed anew. */
export function withComputed(
  stored: StoredValues,
  fields: readonly CustomField[],
  plan: FormulaPlan,
): Record<string, StoredValue> {
  const values: Record<string, StoredValue> = { ...stored };
  if (!plan.length) return values;
  const inputs: Record<string, FormulaValue> = {};
  for (const { code, type } of fields) inputs[code] = type === 'formula' ? null : inputOf(stored[code], type);
  for (const { code, formula, decimals } of plan) {
    const result = runFormula(formula, inputs);
    const value = typeof result === 'number' && decimals !== undefined ? Number(result.toFixed(decimals)) + 0 : result;
    inputs[code] = value;
    if (value === null) delete values[code];
    else values[code] = value;
  }
  return values;
}
