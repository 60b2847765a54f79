import { Alert, Button, Group, List, Select, Stack, Text, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { shownOf } from './process-draft';
import { checkQuery, usePublish, type Check, type Process } from './processes.queries';
import { useLocal } from './use-local';

/** Puts a draft into force: first what is wrong with it, then where tickets of vanishing statuses go. */
export function PublishDialog({ process, onClose }: { process: Process; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...checkQuery(process.id, process.revision), staleTime: 0 });
  return (
    <Dialog opened onClose={onClose} title={t('ticketConfig.draft.publish')} size="lg">
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={4} />}
      {data && <PublishForm process={process} check={data} onClose={onClose} />}
    </Dialog>
  );
}

function PublishForm({ process, check, onClose }: { process: Process; check: Check; onClose: () => void }) {
  const { t } = useTranslation();
  const local = useLocal();
  const [note, setNote] = useState('');
  const [moves, setMoves] = useState<Record<string, string>>({});
  const publish = usePublish(process.id);
  const { problems } = check;
  const isReady = problems.length === 0 && check.moves.every(({ statusId }) => moves[statusId]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || publish.isPending) return;
    const words = note.trim();
    publish.mutate(
      { ...(words ? { note: words } : {}), ...(check.moves.length > 0 ? { moves } : {}) },
      {
        onSuccess: ({ version }) => {
          notifyDone(t('ticketConfig.draft.published', { version }));
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {problems.length > 0 && (
          <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={t('ticketConfig.draft.faults')}>
            <List size="sm">
              {problems.map(({ message }, index) => (
                <List.Item key={index}>{message}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {check.moves.map(({ statusId, name, tickets }) => (
          <Select
            key={statusId}
            label={t('ticketConfig.draft.move', { name, count: tickets })}
            required
            searchable
            data={shownOf(process).statuses.map((status) => ({ value: status.id, label: local(status.name) }))}
            value={moves[statusId] ?? null}
            onChange={(to) => setMoves((present) => ({ ...present, [statusId]: to ?? '' }))}
          />
        ))}
        {problems.length === 0 && (
          <TextInput
            label={t('ticketConfig.draft.note')}
            maxLength={500}
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        {problems.length === 0 && check.moves.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('ticketConfig.draft.clean')}
          </Text>
        )}
        {publish.error && (
          <Alert color="red" variant="light" role="alert">
            {publish.error.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={publish.isPending} disabled={!isReady}>
            {t('ticketConfig.draft.publish')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
