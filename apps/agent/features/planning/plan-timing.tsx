import { NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { choice, type FieldsProps } from './plan-fields';
import { planChoicesQuery } from './planning.queries';
import classes from './planning.module.css';
import { RuleEditor } from './rule-editor';

const SHIFTS = ['none', 'next_working', 'previous_working', 'skip'] as const;
const CATCH_UPS = ['all', 'last', 'skip'] as const;

/** When the tickets of a plan are made. */
export function PlanTiming({ draft, isOpen, errorAt, set }: FieldsProps) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(planChoicesQuery(i18n.language));
  return (
    <fieldset className={classes.box} disabled={!isOpen}>
      <legend className={classes.legend}>{t('planning.rule.legend')}</legend>
      <RuleEditor rule={draft.rule} isOpen={isOpen} errorAt={errorAt} onChange={(rule) => set({ rule })} />
      <div className={classes.row}>
        <Select
          label={t('planning.field.shift')}
          allowDeselect={false}
          data={SHIFTS.map((value) => ({ value, label: t(`planning.shift.${value}`) }))}
          value={draft.shift}
          error={errorAt('/shift')}
          onChange={(shift) =>
            set({
              shift: shift as typeof draft.shift,
              calendarId: draft.calendarId ?? data?.calendars[0]?.id ?? null,
            })
          }
        />
        {draft.shift !== 'none' && (
          <Select
            label={t('planning.field.calendar')}
            required
            allowDeselect={false}
            data={choice(data?.calendars)}
            value={draft.calendarId}
            error={errorAt('/calendarId')}
            onChange={(calendarId) => set({ calendarId })}
          />
        )}
      </div>
      <div className={classes.row}>
        <NumberInput
          label={t('planning.field.lead')}
          suffix={` ${t('planning.unit.day')}`}
          min={0}
          max={730}
          allowDecimal={false}
          value={draft.leadDays}
          error={errorAt('/leadSeconds')}
          onChange={(days) => set({ leadDays: Number(days) || 0 })}
        />
        <TextInput
          type="date"
          label={t('planning.field.until')}
          value={draft.until}
          error={errorAt('/until')}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
        <Select
          label={t('planning.field.catchUp')}
          allowDeselect={false}
          data={CATCH_UPS.map((value) => ({ value, label: t(`planning.catchUp.${value}`) }))}
          value={draft.catchUp}
          error={errorAt('/catchUp')}
          onChange={(catchUp) => set({ catchUp: catchUp as typeof draft.catchUp })}
        />
      </div>
    </fieldset>
  );
}
