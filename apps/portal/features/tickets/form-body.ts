import type { TicketDraft } from './ticket-draft';

const OWN = 'cf.';

/** Where the server names a field: `/customFields/serial` for `cf.serial`. */
export const pointerOf = (name: string): string =>
  name.startsWith(OWN) ? `/customFields/${name.slice(OWN.length)}` : `/${name}`;

export const isBlank = (value: unknown): boolean =>
  value == null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);

type Rest = { typeId: string; companyId: string; files: string[] };

/** A filled form as the API takes it; only of what is shown. */
export function bodyOf(draft: TicketDraft, { typeId, companyId, files }: Rest, shown: readonly string[] | null) {
  const { subject, description, objectId, others = {} } = draft;
  const given = Object.entries(others).filter(
    ([name, value]) => !isBlank(value) && (shown === null || shown.includes(name)),
  );
  const own = given.filter(([name]) => name.startsWith(OWN)).map(([name, value]) => [name.slice(OWN.length), value]);
  const built = given.filter(([name]) => !name.startsWith(OWN));
  return {
    subject: subject.trim(),
    description,
    typeId,
    companyId,
    ...(objectId && { objectId }),
    files,
    ...Object.fromEntries(
      built.map(([name, value]) => [
        name,
        name === 'observers' && Array.isArray(value)
          ? value.map((id) => ({ kind: 'contact' as const, id: String(id) }))
          : value,
      ]),
    ),
    ...(own.length > 0 ? { customFields: Object.fromEntries(own) as Record<string, unknown> } : {}),
  };
}
