import { Group, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParamProps } from './action-param-input';

const UNITS = [
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86_400],
] as const;
type Unit = (typeof UNITS)[number][0];

const sizeOf = (unit: Unit): number => UNITS.find(([name]) => name === unit)![1];
/** The greatest unit in which the length is a whole number. */
const unitOf = (seconds: unknown): Unit =>
  typeof seconds === 'number'
    ? ([...UNITS].reverse().find(([, size]) => seconds % size === 0)?.[0] ?? 'minutes')
    : 'hours';

/** A length of time: a number and its unit. */
export function DurationParam({ param, value, problems, onChange }: ParamProps) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  const seconds = typeof value === 'number' ? value : null;
  const write = (amount: number | string, next: Unit) =>
    onChange(amount === '' ? undefined : Math.round(Number(amount) * sizeOf(next)));
  const amount = seconds === null ? '' : seconds / sizeOf(unit);
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <NumberInput
        style={{ flex: 1, minWidth: 70 }}
        label={param.label}
        required={param.isRequired}
        error={problems[0]?.message}
        min={1}
        value={amount}
        onChange={(next) => write(next, unit)}
      />
      <Select
        style={{ width: 104, flex: 'none' }}
        aria-label={t('ticketActions.unit')}
        allowDeselect={false}
        data={UNITS.map(([name]) => ({ value: name, label: t(`ticketActions.units.${name}`) }))}
        value={unit}
        onChange={(next) => {
          setUnit(next as Unit);
          write(amount, next as Unit);
        }}
      />
    </Group>
  );
}
