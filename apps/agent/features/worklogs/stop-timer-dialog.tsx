import { Button, Group, Stack, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFields } from '@opora/ui/form';
import { notifyProblem } from '@opora/ui/theme';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { tellWritten } from './tell-written';
import { useStopTimer, useTimerDeed } from './timer.queries';

/** Ends the timer: what was done, and how long if it was not what the clock says. */
export function StopTimerDialog({ clock, onClose }: { clock: string; onClose: () => void }) {
  const { t } = useTranslation();
  const stop = useStopTimer();
  const deed = useTimerDeed();
  const fields = useFields({ comment: '', spent: '' });
  const onError = (error: Error) => fields.applyProblem(error) || notifyProblem(t('worklogs.timer.failed'), error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { comment, spent } = fields.values;
    stop.mutate(
      { comment, ...(spent.trim() ? { spent } : {}) },
      {
        onError,
        onSuccess: (entry) => {
          tellWritten(t, entry);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t('worklogs.timer.stopTitle', { clock })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('worklogs.field.comment')}
            placeholder={t('worklogs.timer.what')}
            maxLength={2000}
            {...fields.text('comment')}
          />
          <TextInput
            label={t('worklogs.timer.otherSpent')}
            description={t('worklogs.timer.otherSpentHint')}
            placeholder={t('worklogs.example')}
            {...fields.text('spent')}
          />
          <Group justify="space-between">
            <Button
              variant="subtle"
              color="red"
              loading={deed.isPending}
              onClick={() => deed.mutate({ kind: 'discard' }, { onError, onSuccess: onClose })}
            >
              {t('worklogs.timer.discard')}
            </Button>
            <Button type="submit" loading={stop.isPending}>
              {t('worklogs.timer.log')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
