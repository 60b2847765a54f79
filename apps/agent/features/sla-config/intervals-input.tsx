import { ActionIcon, Button, Group } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isOvernight, minutesOf, type Interval } from './calendar-days';
import classes from './calendar.module.css';
import { TimeInput } from './time-input';

type Props = {
  /** Whose hours these are, for those who hear the screen. */
  label: string;
  value: Interval[];
  isOpen: boolean;
  error: string | undefined;
  onChange: (intervals: Interval[]) => void;
  /** Stands after the hours: what can be done with the whole day. */
  deeds?: ReactNode;
};

/** The shifts of one day, as many as it has; none is a day off. */
export function IntervalsInput({ label, value, isOpen, error, onChange, deeds }: Props) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<Interval>) =>
    onChange(value.map((each, at) => (at === index ? { from: each.from, to: each.to, ...change } : each)));
  return (
    <div className={classes.intervals}>
      <div className={classes.intervalRows}>
        {value.length === 0 && <span className={classes.dayOff}>{t('slaConfig.calendar.dayOff')}</span>}
        {value.map((interval, index) => (
          <div key={index} className={classes.interval}>
            <TimeInput
              label={t('slaConfig.calendar.from', { day: label, n: index + 1 })}
              value={interval.from}
              isDisabled={!isOpen}
              hasError={Boolean(error)}
              onChange={(from) => set(index, { from })}
            />
            <span aria-hidden>–</span>
            <TimeInput
              label={t('slaConfig.calendar.to', { day: label, n: index + 1 })}
              value={interval.to}
              isDisabled={!isOpen}
              hasError={Boolean(error)}
              onChange={(to) => set(index, { to })}
            />
            {isOpen && (
              <ActionIcon
                size="sm"
                aria-label={t('slaConfig.calendar.dropInterval', { day: label, n: index + 1 })}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
            {isOvernight(interval) && <span className={classes.overnight}>{t('slaConfig.calendar.overnight')}</span>}
          </div>
        ))}
        {isOpen && (
          <Group gap={4} className={classes.dayDeeds}>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={13} />}
              aria-label={t('slaConfig.calendar.addTo', { day: label })}
              onClick={() => onChange([...value, nextAfter(value)])}
            >
              {t('slaConfig.calendar.add')}
            </Button>
            {deeds}
          </Group>
        )}
      </div>
      {error && (
        <div className={classes.error} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

/** The shift a person most likely means next: the afternoon after the morning. */
function nextAfter(intervals: Interval[]): Interval {
  const last = intervals.at(-1);
  if (!last) return { from: '09:00', to: '18:00' };
  const end = minutesOf(last.to);
  if (Number.isNaN(end) || isOvernight(last) || end + 60 >= 23 * 60) return { from: '', to: '' };
  const start = end + 60;
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return { from: clock(start), to: clock(Math.min(start + 4 * 60, 24 * 60)) };
}
