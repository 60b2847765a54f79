import { ActionIcon, Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconCalendarPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDefinition } from './calendar-days';
import classes from './calendar.module.css';
import { exceptionsOf, withException, type Exception } from './exceptions';
import { IntervalsInput } from './intervals-input';

type Props = {
  calendar: CalendarDefinition;
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  onChange: (calendar: CalendarDefinition) => void;
};

/** Days that differ from the week, of one year or of every year. */
export function ExceptionsEditor({ calendar, isOpen, errorAt, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const exceptions = exceptionsOf(calendar);
  const label = ({ key, isYearly }: Exception) => {
    const date = new Date(`${isYearly ? `2024-${key}` : key}T12:00:00Z`);
    return new Intl.DateTimeFormat(i18n.language, {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'long',
      ...(isYearly ? {} : { year: 'numeric' }),
    }).format(date);
  };
  return (
    <fieldset className={classes.week}>
      <legend className={classes.legend}>{t('slaConfig.exceptions.title')}</legend>
      <p className={classes.hint}>{t('slaConfig.exceptions.hint')}</p>
      {exceptions.map((exception) => (
        <div key={`${exception.isYearly}${exception.key}`} className={classes.weekday}>
          <span className={classes.exceptionName}>
            {label(exception)}
            {exception.isYearly && <small>{t('slaConfig.exceptions.everyYear')}</small>}
          </span>
          <IntervalsInput
            label={label(exception)}
            value={exception.intervals}
            isOpen={isOpen}
            error={errorAt(`/${exception.isYearly ? 'yearly' : 'dated'}/${exception.key}`)}
            onChange={(intervals) => onChange(withException(calendar, { ...exception, intervals }))}
            deeds={
              <ActionIcon
                size="sm"
                aria-label={t('slaConfig.exceptions.drop', { day: label(exception) })}
                onClick={() => onChange(withException(calendar, exception, false))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            }
          />
        </div>
      ))}
      {isOpen && <NewException onAdd={(exception) => onChange(withException(calendar, exception))} />}
    </fieldset>
  );
}

function NewException({ onAdd }: { onAdd: (exception: Exception) => void }) {
  const { t } = useTranslation();
  const [date, setDate] = useState('');
  const [isYearly, setYearly] = useState(false);
  const add = () => {
    onAdd({ key: isYearly ? date.slice(5) : date, isYearly, intervals: [] });
    setDate('');
  };
  return (
    <Group gap="xs" align="center" mt={6}>
      <TextInput
        type="date"
        size="xs"
        aria-label={t('slaConfig.exceptions.date')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label={t('slaConfig.exceptions.everyYear')}
        checked={isYearly}
        onChange={(event) => setYearly(event.currentTarget.checked)}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconCalendarPlus size={15} />}
        disabled={!/^\d{4}-\d\d-\d\d$/.test(date)}
        onClick={add}
      >
        {t('slaConfig.exceptions.add')}
      </Button>
    </Group>
  );
}
