import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = {
  values: Record<string, unknown>;
  error: string | undefined;
  onChange: (reason: string) => void;
};

/** A date promised by hand goes with its reason: asked where the date is being filled in. */
export function PromiseReason({ values, error, onChange }: Props) {
  const { t } = useTranslation();
  if (!values.deadlineAt) return null;
  return (
    <TextInput
      label={t('tickets.field.deadlineReason')}
      required
      maxLength={500}
      value={typeof values.reason === 'string' ? values.reason : ''}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
