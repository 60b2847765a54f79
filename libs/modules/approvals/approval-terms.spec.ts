import { dueOf, isLate, momentsOf, type StageTimes } from './approval-terms';

const DAY = 86_400;
const times = (more: Partial<StageTimes> = {}): StageTimes => ({
  term: { seconds: DAY, time: 'plain', calendarId: null },
  remindBefore: [],
  escalateAfter: null,
  ...more,
});

describe('AP-02: a term of one day', () => {
  it('is exactly 24 hours from the moment it was asked', () => {
    expect(dueOf(5_000, times(), null)).toBe(5_000 + DAY * 1000);
    expect(dueOf(5_000, times({ term: null }), null)).toBeNull();
  });

  it.each([
    ['a second before', -1000, false],
    ['24 h 00 m 00 s', 0, false],
    ['within that second', 999, false],
    ['24 h 00 m 01 s', 1000, true],
  ])('%s', (_, after, late) => {
    expect(isLate(DAY * 1000, DAY * 1000 + after)).toBe(late);
  });

  it('without a term nothing is late', () => {
    expect(isLate(null, Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(momentsOf(0, times({ term: null }), null)).toEqual([]);
  });

  it('is reminded of before, told at its end and further up after, in order', () => {
    const told = momentsOf(0, times({ remindBefore: [3600, 7200, 3600, DAY], escalateAfter: 14_400 }), null);
    expect(told.map(([name, at]) => [name, at / 1000])).toEqual([
      ['remind:7200', DAY - 7200],
      ['remind:3600', DAY - 3600],
      ['overdue', DAY + 1],
      ['escalate', DAY + 14_401],
    ]);
  });
});
