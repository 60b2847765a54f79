const MORNING = 9;

/** Usual moments to come back to a ticket, counted from now on the person's own clock. */
export function asidePresets(now: Date): { key: 'hour' | 'morning' | 'days3' | 'week'; at: Date }[] {
  const morningIn = (days: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    at.setHours(MORNING, 0, 0, 0);
    return at;
  };
  const daysIn = (days: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    at.setSeconds(0, 0);
    return at;
  };
  return [
    { key: 'hour', at: new Date(now.getTime() + 3_600_000) },
    { key: 'morning', at: morningIn(1) },
    { key: 'days3', at: daysIn(3) },
    { key: 'week', at: morningIn(7) },
  ];
}
