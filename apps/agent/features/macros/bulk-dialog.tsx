import { useNarrow } from '@/directory/use-narrow';
import type { TicketSelection } from '@/slots/ticket-slots';
import { ActionsEditor } from '@/ticket-actions/actions-editor';
import type { StoredAction } from '@/ticket-actions/ticket-actions.queries';
import { Alert, Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { ApiProblem, type FieldProblem } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkForecast } from './bulk-forecast';
import { BulkProgress } from './bulk-progress';
import { usePreviewBulk, useStartBulk } from './bulk.queries';
import { macrosQuery } from './macros.queries';

type Props = { selection: TicketSelection; onClose: (isStarted: boolean) => void };
type How = 'actions' | 'macro';

/** A change of many tickets: what to do, what it would do, how it goes, what became of each. */
export function BulkDialog({ selection, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow();
  const [how, setHow] = useState<How>('actions');
  const [actions, setActions] = useState<StoredAction[]>([]);
  const [macroId, setMacro] = useState<string | null>(null);
  const preview = usePreviewBulk();
  const start = useStartBulk();
  const runId = start.data?.id;
  const body = { selection: selection.body, ...(how === 'macro' ? { macroId: macroId ?? '' } : { actions }) };
  const refused = preview.error ?? start.error;
  const problems = refused instanceof ApiProblem ? refused.errors : [];
  const step = runId ? 'run' : preview.data ? 'forecast' : 'choose';
  const change = () => {
    preview.reset();
    start.reset();
  };
  const count = format.number(selection.count);
  return (
    <Dialog
      opened
      onClose={() => onClose(runId !== undefined)}
      title={t('macros.bulk.title', { count: selection.count, shown: count })}
      size={760}
      fullScreen={isNarrow}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {step === 'choose' && (
        <Stack gap="sm">
          <HowSwitch how={how} onChange={(next) => (change(), setHow(next))} />
          {how === 'actions' ? (
            <ActionsEditor
              place="bulk"
              value={actions}
              onChange={(next) => (change(), setActions(next))}
              problems={problems}
            />
          ) : (
            <MacroSelect value={macroId} onChange={(next) => (change(), setMacro(next))} />
          )}
          <Refusal error={refused} problems={how === 'macro' ? [] : problems} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => onClose(false)}>
              {t('ui.cancel')}
            </Button>
            <Button
              loading={preview.isPending}
              disabled={how === 'macro' ? macroId === null : actions.length === 0}
              onClick={() => preview.mutate(body)}
            >
              {t('macros.bulk.look')}
            </Button>
          </Group>
        </Stack>
      )}
      {step === 'forecast' && preview.data && (
        <Stack gap="sm">
          <BulkForecast preview={preview.data} />
          <Refusal error={start.error} problems={[]} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={change}>
              {t('macros.bulk.back')}
            </Button>
            <Button data-autofocus loading={start.isPending} onClick={() => start.mutate(body)}>
              {t('macros.bulk.start', { count: preview.data.total, shown: format.number(preview.data.total) })}
            </Button>
          </Group>
        </Stack>
      )}
      {runId && <BulkProgress id={runId} onClose={() => onClose(true)} />}
    </Dialog>
  );
}

function HowSwitch({ how, onChange }: { how: How; onChange: (how: How) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('macros.bulk.how')}
      value={how}
      onChange={(next) => onChange(next as How)}
      data={(['actions', 'macro'] as const).map((value) => ({ value, label: t(`macros.bulk.by.${value}`) }))}
    />
  );
}

function MacroSelect({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(macrosQuery());
  const chosen = data.find(({ id }) => id === value);
  return (
    <Select
      label={t('macros.one')}
      searchable
      data-autofocus
      nothingFoundMessage={t('macros.list.empty')}
      description={chosen?.description || undefined}
      error={chosen?.problems.length ? t('macros.list.broken') : undefined}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** The refusal in words, unless the settings show it where it belongs. */
function Refusal({ error, problems }: { error: Error | null; problems: FieldProblem[] }) {
  if (!error || problems.some(({ pointer }) => pointer.startsWith('/actions'))) return null;
  const told =
    error instanceof ApiProblem && error.errors.length > 0
      ? error.errors.map(({ message }) => message).join(' ')
      : error.message;
  return (
    <Alert color="red" variant="light" role="alert">
      {told}
    </Alert>
  );
}
