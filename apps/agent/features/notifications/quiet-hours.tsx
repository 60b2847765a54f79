import { ActionIcon, Button, Checkbox, Group } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './notifications.module.css';
import type { QuietPeriod } from './notifications.queries';
import { TimeOfDay } from './time-of-day';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const NIGHTS: QuietPeriod[] = [
  { days: [1, 2, 3, 4, 5], from: '20:00', to: '08:00' },
  { days: [6, 7], from: '00:00', to: '24:00' },
];

type Props = { value: QuietPeriod[]; onChange: (periods: QuietPeriod[]) => void };

/** Spans of the week in which no mail comes. */
export function QuietHours({ value, onChange }: Props) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<QuietPeriod>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <div className={classes.periods}>
      {value.length === 0 && <span className={classes.small}>{t('notifications.quiet.none')}</span>}
      {value.map((period, index) => (
        <div
          key={index}
          className={classes.period}
          role="group"
          aria-label={t('notifications.quiet.period', { n: index + 1 })}
        >
          <Group gap={14} className={classes.days}>
            {DAYS.map((day) => (
              <Checkbox
                key={day}
                size="xs"
                label={t(`notifications.day.${day}`)}
                checked={period.days.includes(day)}
                disabled={period.days.length === 1 && period.days[0] === day}
                onChange={() =>
                  set(index, {
                    days: DAYS.filter((each) => (each === day) !== period.days.includes(each)),
                  })
                }
              />
            ))}
          </Group>
          <Group gap={6} wrap="nowrap">
            <TimeOfDay
              label={t('notifications.quiet.from')}
              value={period.from}
              onChange={(from) => set(index, { from })}
            />
            <span aria-hidden>–</span>
            <TimeOfDay
              label={t('notifications.quiet.to')}
              value={period.to}
              mayEndDay
              onChange={(to) => set(index, { to })}
            />
            {period.to <= period.from && <span className={classes.small}>{t('notifications.quiet.nextDay')}</span>}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('notifications.quiet.drop', { n: index + 1 })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconX size={15} />
            </ActionIcon>
          </Group>
        </div>
      ))}
      <Group gap={4}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          disabled={value.length >= 14}
          onClick={() => onChange([...value, { days: [...DAYS], from: '22:00', to: '07:00' }])}
        >
          {t('notifications.quiet.add')}
        </Button>
        {value.length === 0 && (
          <Button variant="subtle" size="compact-xs" onClick={() => onChange(NIGHTS)}>
            {t('notifications.quiet.nights')}
          </Button>
        )}
      </Group>
    </div>
  );
}
