import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldRow } from './field-row';
import { priorityMatrixQuery } from './ticket-config.queries';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import type { TicketChange } from './use-change';

/** Impact and urgency, where the organisation weighs priorities by them. */
export function ScaleFields({ ticket, change }: { ticket: TicketView; change: TicketChange }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { data: matrix } = useQuery(priorityMatrixQuery());
  if (!matrix?.isOn) return null;
  return (['impact', 'urgency'] as const).map((name) => {
    const levels = name === 'impact' ? matrix.impacts : matrix.urgencies;
    return (
      <FieldRow key={name} label={t(`tickets.field.${name}`)} htmlFor={`${id}-${name}`}>
        <Select
          id={`${id}-${name}`}
          variant="unstyled"
          size="xs"
          px={8}
          clearable
          placeholder={t('tickets.scale.none')}
          disabled={!ticket.can.update}
          data={levels.map(({ code, name: words }) => ({ value: code, label: words[i18n.language as 'ru' | 'en'] }))}
          value={ticket[name] ?? null}
          onChange={(code) => change.mutate(edit({ [name]: code }, { [name]: code } as Partial<TicketView>))}
        />
      </FieldRow>
    );
  });
}
