import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { bodyOf, pointerOf } from '@/ticket-form/form-values';
import { useVerdict } from '@/ticket-form/use-verdict';
import { VerdictInput } from '@/ticket-form/verdict-input';
import { Dialog } from '@opora/ui/dialog';
import { ApiProblem, type Schemas } from '@opora/client';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PromiseReason } from './promise-reason';
import type { TicketView } from './tickets.types';

export type TypePreview = Schemas['TypePreviewView'];

type Props = {
  ticket: TicketView;
  to: { id: string; name: string };
  preview: TypePreview;
  isBusy: boolean;
  problem: Error | null;
  onConfirm: (fields: Record<string, unknown>) => void;
  onClose: () => void;
};

/** Another type has another form: which filled fields it would lose, and what is to be filled in at once. */
export function TypeChangeDialog({ ticket, to, preview, isBusy, problem, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const verdict = useVerdict({ ticketId: ticket.id, values: { typeId: to.id, ...bodyOf(values) } });
  const names = preview.asked.filter(({ isMissing }) => isMissing).map(({ field }) => field);
  const asked = verdict.fields.filter(({ name }) => names.includes(name));
  const refusals = problem instanceof ApiProblem ? problem.errors : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) onConfirm(bodyOf(values));
  };
  return (
    <Dialog opened onClose={onClose} title={t('tickets.typeChange.title', { from: ticket.type.name, to: to.name })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {preview.lost.length > 0 && (
            <Alert color="orange" variant="light" title={t('tickets.typeChange.lost')}>
              <List size="sm">
                {preview.lost.map(({ field, label, text }) => (
                  <List.Item key={field}>
                    {label}
                    {text && `: ${text}`}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          {asked.length > 0 && (
            <Text size="sm" fw={600}>
              {t('tickets.typeChange.missing')}
            </Text>
          )}
          {asked.map((field) => (
            <VerdictInput
              key={field.name}
              field={field}
              value={values[field.name]}
              error={refusals.find(({ pointer }) => pointer === pointerOf(field.name))?.message}
              onChange={(value) => setValues((present) => ({ ...present, [field.name]: value }))}
            />
          ))}
          <PromiseReason
            values={values}
            error={refusals.find(({ pointer }) => pointer === '/reason')?.message}
            onChange={(reason) => setValues((present) => ({ ...present, reason }))}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" color={preview.lost.length > 0 ? 'red' : undefined} loading={isBusy}>
              {t('tickets.typeChange.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
