import { TextInput } from '@mantine/core';
import { notifyProblem } from '@opora/ui/theme';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { tellWritten } from './tell-written';
import { useAddEntry } from './worklogs.queries';

type Props = { ticketId: string; isFocused?: boolean; onDone?: () => void };

/** «30м удалённо» and Enter. */
export function QuickEntry({ ticketId, isFocused = false, onDone }: Props) {
  const { t } = useTranslation();
  const [line, setLine] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const add = useAddEntry(ticketId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!line.trim() || add.isPending) return;
    add.mutate(
      { line },
      {
        onSuccess: (entry) => {
          setLine('');
          tellWritten(t, entry);
          onDone?.();
        },
        onError: (error) => {
          const told = (error as { errors?: { message: string }[] }).errors?.[0]?.message;
          if (told) setRefusal(told);
          else notifyProblem(t('ui.failed'), error);
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        size="xs"
        data-autofocus={isFocused || undefined}
        autoFocus={isFocused}
        aria-label={t('worklogs.quick')}
        placeholder={t('worklogs.quickExample')}
        maxLength={2000}
        value={line}
        error={refusal}
        readOnly={add.isPending}
        onChange={(event) => {
          setLine(event.currentTarget.value);
          setRefusal(undefined);
        }}
      />
    </form>
  );
}
