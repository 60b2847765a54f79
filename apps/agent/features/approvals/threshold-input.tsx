import { Input, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import type { Threshold } from './route-draft';
import { indexesQuery } from './route-settings.queries';

type Props = {
  label: string;
  value: Threshold | null;
  error: string | undefined;
  onChange: (threshold: Threshold | null) => void;
};

/** A limit of amounts: none, money, or so many of an index. */
export function ThresholdInput({ label, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const { data: indexes = [] } = useQuery(indexesQuery());
  const unit = value === null ? 'none' : value.in === 'money' ? 'money' : (value.indexId ?? '');
  const change = (next: string) =>
    onChange(
      next === 'none'
        ? null
        : {
            value: value?.value ?? '',
            in: next === 'money' ? 'money' : 'index',
            indexId: next === 'money' ? null : next,
          },
    );
  return (
    <Input.Wrapper label={label} labelElement="div" error={error}>
      <div className={classes.threshold}>
        {value && (
          <TextInput
            aria-label={label}
            inputMode="decimal"
            value={value.value}
            error={Boolean(error)}
            onChange={({ currentTarget }) => onChange({ ...value, value: currentTarget.value })}
          />
        )}
        <NativeSelect
          aria-label={`${label}: ${t('approvals.routes.unit')}`}
          value={unit}
          onChange={({ currentTarget }) => change(currentTarget.value)}
          data={[
            { value: 'none', label: t('approvals.routes.noLimit') },
            ...indexes.map((index) => ({ value: index.id, label: index.label })),
            { value: 'money', label: t('approvals.routes.money') },
          ]}
        />
      </div>
    </Input.Wrapper>
  );
}
