import ru from './i18n/ru.json';
import en from './i18n/en.json';
import { createI18n } from '@opora/ui/i18n';
import { newRule, ruleDraftOf, rruleOf, type RuleDraft } from './rule-draft';
import { ruleWords } from './rule-words';

const i18n = createI18n({ planning: { ru, en } });
const stored = (rrule: string | null, days?: number) => ({
  rrule,
  afterDone: days ? { days } : null,
  dtstart: '2026-03-02T09:00:00',
  timeZone: 'Europe/Moscow',
});

describe('rules of plans', () => {
  it.each([
    ['FREQ=DAILY', 'daily', 'каждый день, в 09:00'],
    ['FREQ=DAILY;INTERVAL=3', 'daily', 'каждые 3 дня, в 09:00'],
    ['FREQ=WEEKLY;BYDAY=MO,TH', 'weekly', 'каждую неделю: пн, чт, в 09:00'],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1', 'monthDay', 'каждые 3 месяца, 1-го числа, в 09:00'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'monthDay', 'каждый месяц, в последний день, в 09:00'],
    ['FREQ=MONTHLY;BYDAY=1MO', 'monthWeekday', 'каждый месяц, первый понедельник, в 09:00'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'monthWeekday', 'каждый месяц, последняя пятница, в 09:00'],
    ['FREQ=YEARLY', 'yearly', 'каждый год, 2 марта, в 09:00'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'own', 'FREQ=YEARLY;BYWEEKNO=20'],
    ['FREQ=MONTHLY;BYDAY=5MO', 'own', 'FREQ=MONTHLY;BYDAY=5MO'],
  ])('T-17: %s is %s: %s, and is written back as it was', async (rrule, kind, words) => {
    await i18n.changeLanguage('ru');
    const draft = ruleDraftOf(stored(rrule));
    expect(draft.kind).toBe(kind);
    expect(rruleOf(draft)).toBe(rrule);
    expect(ruleWords(i18n.t, stored(rrule))).toBe(words);
  });

  it('T-17: days after the last done have no rule of the calendar', async () => {
    await i18n.changeLanguage('en');
    const draft = ruleDraftOf(stored(null, 30));
    expect([draft.kind, rruleOf(draft)]).toEqual(['afterDone', null]);
    expect(ruleWords(i18n.t, stored(null, 30))).toBe('30 days after the last one is done');
  });

  it('T-17: days of a week are told in their order', () => {
    const draft: RuleDraft = { ...newRule('2026-03-02', 'UTC'), kind: 'weekly', days: ['FR', 'MO'] };
    expect(rruleOf(draft)).toBe('FREQ=WEEKLY;BYDAY=MO,FR');
  });
});
