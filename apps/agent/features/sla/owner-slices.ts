import type { OwnerTime } from './sla.types';

type Held = Omit<OwnerTime, 'workingSeconds'>;

const LEAST = 1.5;

/** The owners for a bar, the longest first; each is to be seen, and the percents told are of the whole. */
export function slicesOf(owners: Held[], total: number) {
  const held = owners.filter(({ seconds }) => seconds > 0).sort((a, b) => b.seconds - a.seconds);
  const floor = Math.min(LEAST, held.length > 0 ? 100 / held.length : 0);
  const spare = 100 - floor * held.length;
  const sum = held.reduce((all, { seconds }) => all + seconds, 0);
  let people = 0;
  return held.map((each) => ({
    ...each,
    key: `${each.owner}:${each.id ?? ''}`,
    share: floor + (spare * each.seconds) / sum,
    percent: Math.round((100 * each.seconds) / Math.max(total, 1)),
    /** Two people beside each other are told apart. */
    shade: each.owner === 'person' ? people++ % 3 : 0,
  }));
}
