import type { FieldProblem } from '@opora/platform/errors';
import {
  type CustomFieldType,
  type FieldConfig,
  type FieldOption,
  REFERENCE_KINDS,
  type ReferenceKind,
} from './custom-field.entity';
import { canonicalMoney, isDay, isPattern, MOST_LENGTH } from './custom-field-values';

const MAX_OPTIONS = 500;
const MAX_LABEL = 200;
const MAX_PATTERN = 200;
const OPTION_VALUE = /^[a-z0-9][a-z0-9_-]{0,59}$/;

type Check = (value: unknown) => boolean;
const isFlag: Check = (value) => typeof value === 'boolean';
const isWhole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
const isCount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1e15;
/** A limit of money may be given as a number, too. */
const moneyOf = (value: unknown): string | undefined =>
  canonicalMoney(typeof value === 'number' && Number(value.toFixed(2)) === value ? value.toFixed(2) : value);
const isMoney: Check = (value) => moneyOf(value) !== undefined;
const isReference: Check = (value) => REFERENCE_KINDS.includes(value as ReferenceKind);
const isText =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= max && !value.includes('\0');

const KNOWN: Record<CustomFieldType, Partial<Record<keyof FieldConfig, Check>>> = {
  text: {
    isMultiline: isFlag,
    maxLength: isWhole(1, MOST_LENGTH),
    pattern: (value) => isText(MAX_PATTERN)(value) && isPattern(value as string),
  },
  number: { min: isCount, max: isCount, decimals: isWhole(0, 10) },
  money: { min: isMoney, max: isMoney },
  date: { min: isDay, max: isDay },
  datetime: {},
  checkbox: {},
  select: {},
  multiselect: {},
  reference: { reference: isReference },
  file: {},
  formula: { formula: isText(1000), decimals: isWhole(0, 10) },
};
const REQUIRED: Partial<Record<CustomFieldType, keyof FieldConfig>> = { reference: 'reference', formula: 'formula' };

const problem = (pointer: string, code: string, word: string | number = ''): FieldProblem => ({
  pointer,
  code: `fields.${code}`,
  message: word === '' ? '' : `: ${word}`,
});
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const escaped = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1').slice(0, 80);

/** What is wrong with the settings of a field of this type. `result` is the server's own and may come back as it was read. */
export function configProblems(
  type: CustomFieldType,
  { result: _, ...config }: Record<string, unknown>,
): FieldProblem[] {
  const known = KNOWN[type];
  const problems = Object.entries(config).flatMap(([key, value]) => {
    if (value === null && Object.hasOwn(known, key)) return [];
    if (!Object.hasOwn(known, key)) return [problem(`/config/${escaped(key)}`, 'configUnknown')];
    return known[key as keyof FieldConfig]!(value) ? [] : [problem(`/config/${key}`, 'configWrong')];
  });
  const required = REQUIRED[type];
  if (required && (config[required] ?? null) === null) problems.push(problem(`/config/${required}`, 'configRequired'));
  if (!problems.length && isBeyond(type, config as FieldConfig)) problems.push(problem('/config/max', 'configRange'));
  return problems;
}

function isBeyond(type: CustomFieldType, { min, max }: FieldConfig): boolean {
  if ((min ?? null) === null || (max ?? null) === null) return false;
  return type === 'date' ? String(min) > String(max) : Number(min) > Number(max);
}

/** The settings as they are stored. */
export function canonicalConfig(type: CustomFieldType, { result: _, ...config }: FieldConfig): FieldConfig {
  const given = Object.entries(config).filter(([, value]) => value !== null);
  const isLimit = (key: string) => type === 'money' && (key === 'min' || key === 'max');
  return Object.fromEntries(given.map(([key, value]) => [key, isLimit(key) ? moneyOf(value) : value]));
}

const hasOptions = (type: CustomFieldType): boolean => type === 'select' || type === 'multiselect';

/** What is wrong with the options of a field of this type, as they came. */
export function optionProblems(type: CustomFieldType, options: readonly unknown[]): FieldProblem[] {
  if (!hasOptions(type)) return options.length ? [problem('/options', 'optionsUnexpected')] : [];
  if (!options.length) return [problem('/options', 'optionsRequired')];
  if (options.length > MAX_OPTIONS) return [problem('/options', 'optionsTooMany', MAX_OPTIONS)];
  const seen = new Set<unknown>();
  return options.flatMap((option, index) => {
    const here = `/options/${index}`;
    if (!isRecord(option)) return [problem(here, 'optionShape')];
    const { value, label, isArchived, ...rest } = option;
    const problems: FieldProblem[] = [];
    if (Object.keys(rest).length) problems.push(problem(here, 'optionShape'));
    if (typeof value !== 'string' || !OPTION_VALUE.test(value)) problems.push(problem(`${here}/value`, 'optionValue'));
    else if (seen.has(value)) problems.push(problem(`${here}/value`, 'optionTwice', value));
    seen.add(value);
    if (!isLabel(label)) problems.push(problem(`${here}/label`, 'optionLabel'));
    if (isArchived !== undefined && typeof isArchived !== 'boolean')
      problems.push(problem(`${here}/isArchived`, 'optionShape'));
    return problems;
  });
}

const isLabel = (label: unknown): boolean =>
  isRecord(label) && Object.keys(label).length === 2 && isText(MAX_LABEL)(label.ru) && isText(MAX_LABEL)(label.en);

/** The options as they are stored. */
export const canonicalOptions = (options: readonly FieldOption[]): FieldOption[] =>
  options.map(({ value, label, isArchived = false }) => ({
    value,
    label: { ru: label.ru.trim(), en: label.en.trim() },
    isArchived,
  }));
