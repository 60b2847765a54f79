import { Input, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './timing.module.css';

type Props = {
  label: string;
  seconds: number;
  onChange: (seconds: number) => void;
  error?: string | undefined;
  isDisabled?: boolean;
  isLabelHidden?: boolean;
};

const MOST_HOURS = 8760;

/** A length of time in hours and minutes; kept in seconds. */
export function DurationInput({ label, seconds, onChange, error, isDisabled, isLabelHidden }: Props) {
  const { t } = useTranslation();
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const part = (unit: 'hours' | 'minutes', value: number, max: number, tell: (next: number) => void) => (
    <NumberInput
      aria-label={`${label}: ${t(`timing.${unit}`)}`}
      w={96}
      min={0}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      disabled={isDisabled}
      error={Boolean(error)}
      suffix={` ${t(`timing.unit.${unit === 'hours' ? 'hour' : 'minute'}`)}`}
      value={value}
      onChange={(next) => tell(Number(next) || 0)}
    />
  );
  return (
    <Input.Wrapper {...(isLabelHidden ? {} : { label })} error={error} labelElement="div">
      <div className={classes.duration}>
        {part('hours', hours, MOST_HOURS, (next) => onChange(next * 3600 + minutes * 60))}
        {part('minutes', minutes, 59, (next) => onChange(hours * 3600 + next * 60))}
      </div>
    </Input.Wrapper>
  );
}
