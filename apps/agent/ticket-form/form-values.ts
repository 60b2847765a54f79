const OWN = 'cf.';

/** The place of a field in a body: `/customFields/serial` for `cf.serial`. */
export const pointerOf = (name: string): string =>
  name.startsWith(OWN) ? `/customFields/${name.slice(OWN.length)}` : `/${name}`;

/** Values by field names as a body carries them: own fields under `customFields`. */
export function bodyOf(values: Record<string, unknown>): Record<string, unknown> {
  const filled = Object.entries(values).filter(([, value]) => value != null && value !== '');
  const own = filled.filter(([name]) => name.startsWith(OWN)).map(([name, value]) => [name.slice(OWN.length), value]);
  return {
    ...Object.fromEntries(filled.filter(([name]) => !name.startsWith(OWN))),
    ...(own.length > 0 ? { customFields: Object.fromEntries(own) as Record<string, unknown> } : {}),
  };
}
