import { csvOf, sharesOf, sumsOf } from './explanation';
import type { Segment } from './timing.types';

const HOUR = 3600;
const part = (kind: Segment['kind'], from: string, to: string, countedSeconds: number): Segment => ({
  kind,
  from: `2026-11-20T${from}Z`,
  to: `2026-11-20T${to}Z`,
  label: kind,
  seconds: (Date.parse(`2026-11-20T${to}Z`) - Date.parse(`2026-11-20T${from}Z`)) / 1000,
  countedSeconds,
  remainingSeconds: null,
});
const day = [
  part('working', '09:00:00', '13:00:00', 4 * HOUR),
  part('closed', '13:00:00', '14:00:00', 0),
  part('pause', '14:00:00', '14:20:07', 0),
  part('working', '14:20:07', '15:20:07', HOUR),
];

it('SLA-08: the stretches add up to the second', () => {
  expect(sumsOf(day)).toEqual({ whole: 22_807, counted: 5 * HOUR, paused: 1207, isUnbroken: true });
});

it('SLA-08: a gap, an overlap or a wrong length is noticed', () => {
  expect(sumsOf([day[0], day[2]] as Segment[]).isUnbroken).toBe(false);
  expect(sumsOf([{ ...(day[0] as Segment), seconds: 1 }]).isUnbroken).toBe(false);
});

it('a minute beside a week is still to be seen in the strip, and the strip is whole', () => {
  const shares = sharesOf([{ seconds: 60 }, { seconds: 0 }, { seconds: 7 * 86_400 }]);
  expect(shares[0]).toBeGreaterThan(0.7);
  expect(shares[1]).toBe(0);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6);
});

it('SLA-08: the table for a dispute keeps commas and quotes and starts no formula', () => {
  const label = '=обед, "долгий"';
  const csv = csvOf({ startAt: '', dueAt: null, segments: [{ ...(day[1] as Segment), label }] });
  expect(csv.split('\r\n')).toEqual([
    'from,to,kind,label,seconds,countedSeconds,remainingSeconds',
    `2026-11-20T13:00:00Z,2026-11-20T14:00:00Z,closed,"'=обед, ""долгий""",3600,0,`,
    '',
  ]);
});
