import { Button, FileButton, Group, Input, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldFile } from './field.types';

type Props = {
  label?: string;
  'aria-label'?: string;
  description?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  value: string | null;
  file?: FieldFile | null;
  upload?: (file: File) => Promise<FieldFile>;
  onChange: (id: string | null) => void;
};

/** One file of a field: sent at once, kept with the form. */
export function FileFieldInput({ value, file, upload, onChange, error, disabled, ...wrapper }: Props) {
  const { t } = useTranslation();
  const [sent, setSent] = useState<FieldFile | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  // The file arrives late: it joins what the form holds by then, not what it held when the file was chosen.
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  const shown = [sent, file].find((each) => each?.id === value);
  const send = async (chosen: File | null) => {
    if (!chosen || !upload) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const stored = await upload(chosen);
      setSent(stored);
      tell.current(stored.id);
    } catch (problem) {
      setFailure((problem as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const { 'aria-label': name = wrapper.label } = wrapper;
  return (
    <Input.Wrapper {...wrapper} error={error ?? failure}>
      <Group gap="xs" wrap="nowrap" mt={4} mb={4} role="group" aria-label={name}>
        {value && (
          <Text size="sm" truncate>
            {shown?.name ?? t('ui.fields.attached')}
          </Text>
        )}
        {upload && (
          <FileButton onChange={(chosen) => void send(chosen)} disabled={disabled}>
            {(button) => (
              <Button {...button} variant="default" size="compact-sm" loading={isBusy} disabled={disabled}>
                {value ? t('ui.fields.replaceFile') : t('ui.fields.chooseFile')}
              </Button>
            )}
          </FileButton>
        )}
        {value && !disabled && (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
            {t('ui.fields.clear')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
