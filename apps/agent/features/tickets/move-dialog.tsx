import { CardForm } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { Textarea, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { useFields } from '@opora/ui/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoveTicket, type CalendarField } from './board.queries';
import type { TicketRow } from './tickets.types';

type Props = { row: Pick<TicketRow, 'number' | 'version'>; field: CalendarField; at: string; onClose: () => void };

/** Another moment for a ticket; a deadline, being a promise, with its reason. */
export function MoveDialog({ row, field, at, onClose }: Props) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const move = useMoveTicket();
  const fields = useFields({ at: toLocalInput(at), reason: '' });
  const submit = () => {
    setProblem(null);
    const moment = fromLocalInput(fields.values.at);
    if (!moment) return;
    move.mutate(
      { row, field, at: moment, reason: fields.values.reason },
      { onSuccess: onClose, onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error) },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t('tickets.calendar.move', { number: row.number })}>
      <CardForm problem={problem} submit={t('ui.save')} isBusy={move.isPending} onSubmit={submit} onCancel={onClose}>
        <TextInput
          type="datetime-local"
          label={t(`tickets.calendar.by.${field}`)}
          required
          data-autofocus
          {...fields.text('at')}
        />
        {field === 'deadlineAt' && (
          <Textarea
            label={t('tickets.calendar.reason')}
            required
            autosize
            minRows={2}
            maxLength={500}
            {...fields.text('reason')}
          />
        )}
      </CardForm>
    </Dialog>
  );
}
