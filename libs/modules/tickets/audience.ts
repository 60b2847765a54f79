/** Who may read a comment or a file. A set, not a flag: a partner need not see what the client sees. */
export const AUDIENCES = ['internal', 'client', 'partner'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Staff read everything, so an empty set means staff alone. One order, no repetitions. */
export function normaliseAudience(audience: readonly Audience[]): Audience[] {
  const set = new Set<Audience>(audience);
  if (set.size === 0) set.add('internal');
  return AUDIENCES.filter((name) => set.has(name));
}

export const isForClient = (audience: readonly Audience[]): boolean => audience.includes('client');

/** Read by somebody outside the house. */
export const isOutward = (audience: readonly Audience[]): boolean =>
  audience.includes('client') || audience.includes('partner');
