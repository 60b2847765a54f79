import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PolicyInput } from './policies.queries';
import classes from './policies.module.css';

type OnChange = NonNullable<PolicyInput['onChange']>;
type Props = {
  value: OnChange;
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  onChange: (value: OnChange) => void;
};

const CAUSES = ['type', 'priority', 'client', 'policy'] as const;
const MODES = ['keep', 'recount', 'from_change'] as const;
const CALENDAR_MODES = ['from_now_on', 'recalculate'] as const;

/** What becomes of running clocks when something they rest on changes. */
export function OnChangeEditor({ value, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const choice = (cause: keyof OnChange, modes: readonly string[]) => (
    <Select
      key={cause}
      label={t(`slaConfig.onChange.${cause}`)}
      allowDeselect={false}
      disabled={!isOpen}
      data={modes.map((mode) => ({ value: mode, label: t(`slaConfig.onChange.mode.${mode}`) }))}
      value={value[cause] ?? null}
      error={errorAt(`/onChange/${cause}`)}
      onChange={(mode) => onChange({ ...value, [cause]: mode })}
    />
  );
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>{t('slaConfig.onChange.title')}</legend>
      <div className={classes.pair}>
        {CAUSES.map((cause) => choice(cause, MODES))}
        {choice('calendar', CALENDAR_MODES)}
      </div>
    </fieldset>
  );
}
