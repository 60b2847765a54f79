import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';

type Props = { isRequired: boolean; onSave: (reason: string) => Promise<Error | null>; onDone: () => void };

/** Why an item does not apply. */
export function NotApplicable({ isRequired, onSave, onDone }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const error = await onSave(reason);
    if (error) setRefusal(error.message);
    else onDone();
  };
  return (
    <form className={classes.editor} onSubmit={(event) => void submit(event)}>
      <TextInput
        autoFocus
        size="xs"
        required={isRequired}
        aria-label={t('checklists.reason')}
        placeholder={t('checklists.reason')}
        maxLength={1000}
        value={reason}
        error={refusal}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <Group gap={6}>
        <Button size="compact-xs" type="submit">
          {t('checklists.skip')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </Group>
    </form>
  );
}
