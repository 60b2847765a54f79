import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WEEKDAYS, type CalendarDefinition, type Interval, type Weekday } from './calendar-days';
import classes from './calendar.module.css';
import { IntervalsInput } from './intervals-input';

type Week = CalendarDefinition['week'];
type Props = {
  week: Week;
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  onChange: (week: Week) => void;
};

const WORKDAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const every = (days: readonly Weekday[], intervals: Interval[]): Week =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, days.includes(day) ? intervals : []]));
const PRESETS: Record<string, Week> = {
  office: every(WORKDAYS, [{ from: '09:00', to: '18:00' }]),
  lunch: every(WORKDAYS, [
    { from: '09:00', to: '13:00' },
    { from: '14:00', to: '18:00' },
  ]),
  shop: every(WEEKDAYS, [{ from: '08:00', to: '24:00' }]),
  always: every(WEEKDAYS, [{ from: '00:00', to: '24:00' }]),
};

/** The hours of a week, day by day. */
export function WeekEditor({ week, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const set = (day: Weekday, intervals: Interval[]) => onChange({ ...week, [day]: intervals });
  return (
    <fieldset className={classes.week}>
      <legend className={classes.legend}>{t('slaConfig.calendar.week')}</legend>
      {isOpen && (
        <Group gap={4} mb={6}>
          {Object.entries(PRESETS).map(([name, preset]) => (
            <Button key={name} variant="default" size="compact-xs" onClick={() => onChange(preset)}>
              {t(`slaConfig.calendar.preset.${name}`)}
            </Button>
          ))}
        </Group>
      )}
      {errorAt('/week') && !WEEKDAYS.some((day) => errorAt(`/week/${day}`)) && (
        <div className={classes.error} role="alert">
          {errorAt('/week')}
        </div>
      )}
      {WEEKDAYS.map((day) => (
        <div key={day} className={classes.weekday}>
          <span className={classes.weekdayName}>{t(`slaConfig.weekday.${day}`)}</span>
          <IntervalsInput
            label={t(`slaConfig.weekday.${day}`)}
            value={week[day] ?? []}
            isOpen={isOpen}
            error={errorAt(`/week/${day}`)}
            onChange={(intervals) => set(day, intervals)}
            deeds={
              day === 'mon' && (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  onClick={() =>
                    onChange({ ...week, ...Object.fromEntries(WORKDAYS.map((each) => [each, week.mon ?? []])) })
                  }
                >
                  {t('slaConfig.calendar.toWorkdays')}
                </Button>
              )
            }
          />
        </div>
      ))}
    </fieldset>
  );
}
