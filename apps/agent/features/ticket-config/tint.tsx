import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './ticket-config.module.css';

export const TINTS = [
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
] as const;
/** A colour of the palette by its name. */
export type Tint = (typeof TINTS)[number];

/** A colour beside the name of what it marks. */
export const Swatch = ({ tint }: { tint: string }) => (
  <span className={classes.swatch} style={{ background: `var(--mantine-color-${tint}-6)` }} aria-hidden />
);

type Props = {
  label: string;
  value: string;
  error?: string | undefined;
  disabled?: boolean;
  onChange: (tint: Tint) => void;
};

/** Chooses a colour by swatch and name. */
export function TintSelect({ label, value, error, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const nameOf = (tint: string) => t(`ticketConfig.tint.${tint}`);
  return (
    <Select
      label={label}
      required
      disabled={disabled}
      allowDeselect={false}
      data={TINTS.map((tint) => ({ value: tint, label: nameOf(tint) }))}
      value={value}
      error={error}
      onChange={(tint) => tint && onChange(tint as Tint)}
      leftSection={<Swatch tint={value} />}
      renderOption={({ option }) => (
        <Group gap={8}>
          <Swatch tint={option.value} />
          {option.label}
        </Group>
      )}
    />
  );
}
