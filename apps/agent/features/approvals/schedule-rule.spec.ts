import { ruleOf, rruleOf, withEvery } from './schedule-rule';

describe('how often a request begins by itself', () => {
  it.each([
    ['FREQ=MONTHLY;BYMONTHDAY=5', 'month', '5'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'month', '-1'],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28', 'quarter', '28'],
    ['FREQ=WEEKLY;BYDAY=FR', 'week', 'FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'own', '1'],
    ['FREQ=YEARLY', 'own', '1'],
  ])('AP-10: %s is kept as it is', (rrule, every, day) => {
    expect(ruleOf(rrule)).toMatchObject({ every, day });
    expect(rruleOf(ruleOf(rrule))).toBe(rrule);
  });

  it('AP-10: another frequency keeps the day where it has one', () => {
    const monthly = ruleOf('FREQ=MONTHLY;BYMONTHDAY=5');
    expect(rruleOf(withEvery(monthly, 'quarter'))).toBe('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5');
    expect(rruleOf(withEvery(monthly, 'week'))).toBe('FREQ=WEEKLY;BYDAY=MO');
    expect(rruleOf(withEvery(monthly, 'own'))).toBe('FREQ=MONTHLY;BYMONTHDAY=5');
    expect(rruleOf(withEvery(ruleOf('FREQ=WEEKLY;BYDAY=FR'), 'month'))).toBe('FREQ=MONTHLY;BYMONTHDAY=1');
  });
});
