import type { Level, Named, Origin } from './object-inheritance';

/** Who acts for a responsible person: himself, a substitute, or nobody. */
export type Stand = {
  acts: Named | null;
  /** Those of the chain who are away. */
  absent: readonly Named[];
  /** Their substitutes name each other. */
  isCircle: boolean;
};

/** What one level of the client says of the responsible. */
export type ResponsibleStep = {
  from: Origin;
  /** Who is written down there. */
  employee: Named | null;
  team: Named | null;
  /** none: nobody is written down; nobody: whoever is, is away, and there is no team. */
  outcome: 'none' | 'person' | 'substitute' | 'team' | 'nobody';
  /** Who gets the work. */
  assignee: Named | null;
  assigneeTeam: Named | null;
  absent: readonly Named[];
  isCircle: boolean;
};

/**
 * The person while he is there, else his substitute, else the team: the level's own, or the person's. The team stays with the person
 * of its level: that of a parent does not join the person of its child.
 */
export function stepOf(level: Level, stand: Stand | undefined, ownTeam: Named | null): ResponsibleStep {
  const { kind, id, name, employee, team } = level;
  const said = { from: { kind, id, name }, employee, team, absent: stand?.absent ?? [], isCircle: !!stand?.isCircle };
  if (!employee)
    return {
      ...said,
      outcome: team ? 'team' : 'none',
      assignee: null,
      assigneeTeam: team,
      absent: [],
      isCircle: false,
    };
  const acts = stand ? stand.acts : employee;
  if (acts)
    return { ...said, outcome: acts.id === employee.id ? 'person' : 'substitute', assignee: acts, assigneeTeam: team };
  const instead = team ?? ownTeam;
  return { ...said, outcome: instead ? 'team' : 'nobody', assignee: null, assigneeTeam: instead };
}

/** The first level that finds somebody: levels come in their order of precedence. */
export const decisive = (steps: readonly ResponsibleStep[]): ResponsibleStep | undefined =>
  steps.find(({ outcome }) => outcome !== 'none' && outcome !== 'nobody');
