import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { useFormat } from '@opora/ui/format';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asidePresets } from './put-aside';

type Props = {
  isBusy: boolean;
  problem: string | undefined;
  onSend: (input: { until: string; reason?: string }) => void;
  onClose: () => void;
};

/** Until when a ticket is put aside: a usual moment by one click, or any other. */
export function PutAsideDialog({ isBusy, problem, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [now] = useState(() => new Date());
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const send = (until: string | null) => {
    const words = reason.trim();
    if (until && !isBusy) onSend({ until, ...(words ? { reason: words } : {}) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(fromLocalInput(text));
  };
  return (
    <Dialog opened onClose={onClose} title={t('tickets.aside.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Group gap="xs">
            {asidePresets(now).map(({ key, at }, index) => (
              <Button
                key={key}
                variant="light"
                size="sm"
                disabled={isBusy}
                data-autofocus={index === 0 || undefined}
                onClick={() => send(at.toISOString())}
                title={format.full(at)}
              >
                {t(`tickets.aside.preset.${key}`)}
              </Button>
            ))}
          </Group>
          <TextInput
            label={t('tickets.aside.until')}
            type="datetime-local"
            min={toLocalInput(now.toISOString())}
            value={text}
            error={problem}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <TextInput
            label={t('tickets.aside.reason')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Alert color="gray" variant="light">
            {t('tickets.aside.hint')}
          </Alert>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!text}>
              {t('tickets.aside.name')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
