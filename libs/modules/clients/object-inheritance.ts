/** Where an inherited value comes from. */
export type Origin = { kind: 'object' | 'company'; id: string; name: string };
export type Named = { id: string; name: string };

/** One step of the way from an object up to its company. */
export type Level = Origin & {
  address: string | null;
  timeZone: string | null;
  employee: Named | null;
  team: Named | null;
};

export type Inherited<Value> = { value: Value; from: Origin };
export type Responsible = { employee: Named | null; team: Named | null };
export type Effective = {
  address: Inherited<string> | null;
  timeZone: Inherited<string> | null;
  responsible: Inherited<Responsible> | null;
};

const originOf = ({ kind, id, name }: Level): Origin => ({ kind, id, name });

/** The nearest level that says something wins: the object, its parents upwards, the company. */
export function effectiveOf(levels: readonly Level[]): Effective {
  const nearest = <Value>(read: (level: Level) => Value | null): Inherited<Value> | null => {
    for (const level of levels) {
      const value = read(level);
      if (value !== null) return { value, from: originOf(level) };
    }
    return null;
  };
  return {
    address: nearest((level) => level.address),
    timeZone: nearest((level) => level.timeZone),
    // A person and a team of one level belong together: the team of a parent does not join the person of its child.
    responsible: nearest(({ employee, team }) => (employee || team ? { employee, team } : null)),
  };
}
