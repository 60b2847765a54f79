import { Alert, Button, Group as Row, Text, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { ApiProblem } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { notifyDone } from '@opora/ui/theme';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { dayKey } from './calendar-days';
import { useMove, useSkip, type Group } from './planning.queries';

/** `to` null: the dates are left out. `occurrenceId`: one object's date and not all of the group's. */
export type Moving = { group: Group; to: Date | null; occurrenceId?: string; object?: string | null };

const clock = (date: Date) =>
  `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;

/** Asks where to, and why: both are kept with the date. */
export function MoveDialog({ moving, onClose }: { moving: Moving; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { group, to, occurrenceId, object } = moving;
  const [day, setDay] = useState(to ? dayKey(to) : '');
  const [time, setTime] = useState(to ? clock(to) : '');
  const [reason, setReason] = useState('');
  const [move, skip] = [useMove(), useSkip()];
  const error = move.error ?? skip.error;
  const count = occurrenceId ? 1 : group.countPlanned + group.countFailed;
  const target = { id: occurrenceId ?? group.occurrenceId, reason, withGroup: !occurrenceId && group.total > 1 };
  const options = {
    onSuccess: ({ count: changed }: { count: number }) => {
      notifyDone(t(to ? 'planning.move.done' : 'planning.skip.done', { count: changed }));
      onClose();
    },
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (to) move.mutate({ ...target, to: new Date(`${day}T${time}:00`).toISOString() }, options);
    else skip.mutate(target, options);
  };
  const at = (pointer: string) =>
    error instanceof ApiProblem ? error.errors.find((one) => one.pointer === pointer)?.message : undefined;
  return (
    <Dialog opened onClose={onClose} title={t(to ? 'planning.move.title' : 'planning.skip.title')}>
      <form onSubmit={send}>
        <Text size="sm" mb="sm">
          {group.planned.name}
          {object ? `: ${object}` : count > 1 ? ` × ${count}` : ''} · {format.dateTime(group.at)}
        </Text>
        {to && (
          <Row grow mb="sm">
            <TextInput
              type="date"
              label={t('planning.move.day')}
              required
              value={day}
              error={at('/to')}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <TextInput
              type="time"
              label={t('planning.rule.time')}
              required
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
          </Row>
        )}
        <TextInput
          label={t('planning.move.reason')}
          required
          maxLength={500}
          data-autofocus
          value={reason}
          error={at('/reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {error && !at('/to') && !at('/reason') && (
          <Alert color="red" role="alert" mt="sm">
            {error.message}
          </Alert>
        )}
        <Row justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={move.isPending || skip.isPending} disabled={!reason.trim()}>
            {t(to ? 'planning.move.submit' : 'planning.skip.submit')}
          </Button>
        </Row>
      </form>
    </Dialog>
  );
}
