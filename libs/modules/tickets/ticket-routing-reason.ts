/** Why a ticket is where it is. */
import type { Ctx } from '@opora/platform/context';

export const ROUTED_BY = ['person', 'responsible', 'row', 'rule', 'system', 'none'] as const;
export type RoutedBy = (typeof ROUTED_BY)[number];

export type RoutingReason = {
  /** Named by a person, the client's responsible, a row of the routing table, something that acts by a name, the installation. */
  by: Exclude<RoutedBy, 'none'>;
  /** Of the person, the company or object, the row, the rule. */
  id: string | null;
  name: string;
  /** What named the responsible. */
  level: 'object' | 'company' | null;
  /** Those who would have got it, had they been there. */
  absent: string[];
};

/** Who named the team: a person, or what acted for him. */
export function namedBy({ actor, cause }: Ctx): RoutingReason {
  const said = { level: null, absent: [] };
  if ('name' in cause && cause.kind !== 'system')
    return { by: 'rule', id: 'id' in cause ? cause.id : null, name: cause.name, ...said };
  if (actor.kind === 'employee' || actor.kind === 'contact')
    return { by: 'person', id: actor.id, name: actor.name, ...said };
  return { by: 'system', id: null, name: 'name' in cause ? cause.name : '', ...said };
}
