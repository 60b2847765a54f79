import { Select } from '@mantine/core';
import { api } from '@/api';
import { unwrap } from '@opora/client';
import { notifyProblem } from '@opora/ui/theme';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldRow } from './field-row';
import { ticketTypesQuery } from './ticket-config.queries';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { TypeChangeDialog, type TypePreview } from './type-change-dialog';
import { useChange } from './use-change';

type Type = { id: string; code: string; name: string; isInner: boolean };

/** The type; before another one is taken, what would be lost with it is shown. */
export function TypeField({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const id = useId();
  const { data: types } = useQuery(ticketTypesQuery());
  const [asked, ask] = useState<{ type: Type; preview: TypePreview } | null>(null);
  const preview = useMutation({
    mutationFn: (type: Type) =>
      unwrap(
        api.http.POST('/tickets/{id}/type-preview', {
          params: { path: { id: ticket.id } },
          body: { typeId: type.id },
        }),
      ),
  });
  const { change, dialog } = useChange(ticket, (error) => asked !== null && error.status === 422);
  const all: Type[] = types ?? [ticket.type];
  const options = all.some(({ id }) => id === ticket.type.id) ? all : [ticket.type, ...all];
  const apply = (type: Type, fields: Record<string, unknown> = {}) =>
    change.mutate(edit({ ...fields, typeId: type.id }, { type }), { onSuccess: () => ask(null) });
  const choose = (type: Type) =>
    preview.mutate(type, {
      onSuccess: (told) => (isQuiet(told) ? apply(type) : ask({ type, preview: told })),
      onError: (error) => notifyProblem(t('tickets.failed'), error),
    });
  return (
    <FieldRow label={t('tickets.field.typeId')} htmlFor={id}>
      <Select
        id={id}
        variant="unstyled"
        size="xs"
        px={8}
        allowDeselect={false}
        disabled={!ticket.can.update || preview.isPending}
        value={ticket.type.id}
        data={options.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(typeId) => {
          const type = all.find((each) => each.id === typeId);
          if (type && type.id !== ticket.type.id) choose(type);
        }}
      />
      {asked && (
        <TypeChangeDialog
          ticket={ticket}
          to={asked.type}
          preview={asked.preview}
          isBusy={change.isPending}
          problem={change.error}
          onClose={() => ask(null)}
          onConfirm={(fields) => apply(asked.type, fields)}
        />
      )}
      {dialog}
    </FieldRow>
  );
}

const isQuiet = ({ lost, asked }: TypePreview) => lost.length === 0 && !asked.some(({ isMissing }) => isMissing);
