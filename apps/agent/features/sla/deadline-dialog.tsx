import { flatProblem } from '@/directory/flat-problem';
import { Dialog } from '@opora/ui/dialog';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { CardForm } from '@/directory/form-drawer';
import { Button, Text, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { useFormat } from '@opora/ui/format';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDropDeadline, useSetDeadline } from './sla.queries';
import type { TicketSla } from './sla.types';

type Props = { number: string; sla: TicketSla; onClose: () => void };

/** A deadline agreed with the client stands beside the computed one; the reason stays in the history. */
export function DeadlineDialog({ number, sla, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSetDeadline(number);
  const drop = useDropDeadline(number);
  const computed = sla.clocks.find(({ metric }) => metric === 'resolution')?.dueAt ?? null;
  const present = sla.manual?.dueAt ?? computed;
  const fields = useFields({ dueAt: present ? toLocalInput(present) : '', reason: sla.manual?.reason ?? '' });
  const done = (words: string) => {
    notifyDone(words);
    onClose();
  };
  const submit = () => {
    setProblem(null);
    const { dueAt, reason } = fields.values;
    save.mutate(
      { dueAt: fromLocalInput(dueAt) ?? '', reason },
      {
        onSuccess: () => done(t('sla.deadline.saved')),
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={sla.manual ? t('sla.deadline.change') : t('sla.deadline.set')}>
      <CardForm
        problem={problem}
        submit={t('ui.save')}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
        extra={
          sla.manual && (
            <Button
              variant="subtle"
              color="red"
              loading={drop.isPending}
              style={{ alignSelf: 'flex-start' }}
              onClick={() =>
                drop.mutate(undefined, {
                  onSuccess: () => done(t('sla.deadline.dropped')),
                  onError: (error) => notifyProblem(t('ui.failed'), error),
                })
              }
            >
              {t('sla.deadline.drop')}
            </Button>
          )
        }
      >
        <Text size="sm" c="dimmed">
          {computed ? t('sla.deadline.hint', { at: format.full(computed) }) : t('sla.deadline.hintNone')}
        </Text>
        <TextInput
          type="datetime-local"
          label={t('sla.deadline.dueAt')}
          required
          data-autofocus
          {...fields.text('dueAt')}
        />
        <Textarea
          label={t('sla.deadline.reason')}
          description={t('sla.deadline.reasonHint')}
          required
          autosize
          minRows={2}
          maxLength={1000}
          {...fields.text('reason')}
        />
      </CardForm>
    </Dialog>
  );
}
