/** What a type's form asks, as the rules' engine reads it, and what a ticket answers. Pure. */
import type { BaseField, Facts } from '@opora/modules/fields';
import type { FactSource } from './ticket-facts';
import type { FormField } from './ticket-type.entity';

/** A ticket as its form sees it: one that exists, or one being filled in. */
export type FormRow = FactSource & {
  description: string;
  /** Answers that are no columns; what is undefined counts as not given. */
  answers: { observers?: unknown; coExecutorIds?: unknown; files?: unknown; contactId?: unknown };
};

/** The form before any rule speaks: for staff, or for the client on the portal. The subject is always asked. */
export function baseOf(form: readonly FormField[], isPortal: boolean): BaseField[] {
  const fields = form.map(({ field, portal, ...staff }) => ({ field, ...(isPortal ? portal : staff) }));
  return [
    { field: 'subject', isVisible: true, isRequired: true },
    ...fields.map(({ field, isAsked, isRequired }) => ({ field, isVisible: isAsked || isRequired, isRequired })),
  ];
}

/** What the ticket answers, by the names of the form's fields. */
export const answersOf = ({ answers, customFields, fileCount, ...row }: FormRow): Facts => ({
  ...row,
  files: fileCount || null,
  ...Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)),
  ...Object.fromEntries(Object.entries(customFields).map(([code, value]) => [`cf.${code}`, value])),
});

/** Fields whose answer a change alters. */
export function writtenBetween(before: Facts, after: Facts): Set<string> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return new Set([...names].filter((name) => !isSame(before[name], after[name])));
}

const asText = (value: unknown): string =>
  JSON.stringify(value instanceof Date ? value.toISOString() : (value ?? null));
const isSame = (one: unknown, other: unknown): boolean => asText(one) === asText(other);
