/** Lines of the history about custom fields: one per field, named `customFields.<code>`. Pure. */
import { isDeepStrictEqual } from 'node:util';

type Values = Readonly<Record<string, unknown>>;

const PREFIX = 'customFields.';
export const customName = (code: string): string => PREFIX + code;
export const isCustomName = (field: string): boolean => field.startsWith(PREFIX);
export const customCodeOf = (field: string): string => field.slice(PREFIX.length);

/** What differs between two sets of values. */
export function customChanges(before: Values, after: Values): { field: string; before: unknown; after: unknown }[] {
  const codes = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...codes]
    .filter((code) => !isDeepStrictEqual(before[code] ?? null, after[code] ?? null))
    .sort()
    .map((code) => ({ field: customName(code), before: before[code] ?? null, after: after[code] ?? null }));
}

/** The values with one taken back to what it was. */
export function takenBack(values: Values, field: string, before: unknown): Values {
  const { [customCodeOf(field)]: _, ...rest } = values;
  return before === null || before === undefined ? rest : { ...rest, [customCodeOf(field)]: before };
}
