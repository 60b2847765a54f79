import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './clients.module.css';

type Handlers = { onDone: () => void; onFieldError: (message: string) => void };
type Props = {
  value: Record<string, string>;
  isOpen: boolean;
  onSave: (value: Record<string, string>, handlers: Handlers) => void;
};

/** Ids in other systems, by the system's name. */
export function ExternalIds({ value, isOpen, onSave }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<{ system: string; id: string } | null>(null);
  const [error, setError] = useState<string | undefined>();
  const close = () => {
    setDraft(null);
    setError(undefined);
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (draft?.system.trim())
      onSave({ ...value, [draft.system.trim()]: draft.id.trim() }, { onDone: close, onFieldError: setError });
  };
  const remove = (system: string) =>
    onSave(Object.fromEntries(Object.entries(value).filter(([key]) => key !== system)), {
      onDone: close,
      onFieldError: setError,
    });
  return (
    <div>
      {Object.entries(value).map(([system, id]) => (
        <Group key={system} gap={6} wrap="nowrap">
          <span className={classes.dim}>{system}</span>
          <span>{id}</span>
          {isOpen && (
            <ActionIcon size={24} aria-label={t('clients.external.remove', { system })} onClick={() => remove(system)}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {Object.keys(value).length === 0 && !isOpen && <span className={classes.dim}>{t('clients.none')}</span>}
      {isOpen && draft === null && (
        <Button variant="subtle" size="compact-xs" mih={24} ml={-8} onClick={() => setDraft({ system: '', id: '' })}>
          {t('clients.external.add')}
        </Button>
      )}
      {draft && (
        <form onSubmit={add}>
          <Group gap={4} wrap="nowrap" align="flex-start">
            <TextInput
              size="xs"
              w={90}
              aria-label={t('clients.external.system')}
              placeholder="1c"
              autoFocus
              required
              value={draft.system}
              onChange={(event) => setDraft({ ...draft, system: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              aria-label={t('clients.external.id')}
              placeholder="000001234"
              required
              value={draft.id}
              onChange={(event) => setDraft({ ...draft, id: event.currentTarget.value })}
            />
            <Button type="submit" variant="default">
              {t('ui.save')}
            </Button>
            <ActionIcon aria-label={t('ui.cancel')} onClick={close}>
              <IconX size={16} />
            </ActionIcon>
          </Group>
          {error && (
            <Text size="xs" c="red" role="alert">
              {error}
            </Text>
          )}
        </form>
      )}
    </div>
  );
}
