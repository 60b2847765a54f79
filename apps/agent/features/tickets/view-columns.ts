import { ownFieldsQuery } from '@/ticket-form/custom-fields.queries';
import { type TicketColumn, useTicketSlots } from '@/slots/ticket-slots';
import type { FieldDefinition } from '@opora/ui/fields';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export const USUAL = ['number', 'priority', 'subject', 'company', 'status', 'assignee', 'updatedAt'];
/** What a view may name besides; columns it names and we do not know are left out. */
export const WIDTHS: Record<string, string> = {
  number: '60px',
  priority: '28px',
  subject: 'minmax(240px, 2.6fr)',
  company: 'minmax(120px, 1fr)',
  contact: '150px',
  object: '160px',
  status: '132px',
  assignee: '124px',
  team: '112px',
  type: '130px',
  createdAt: '98px',
  updatedAt: '98px',
  deadlineAt: '108px',
  scheduledFor: '108px',
};
const OWN = 'cf.';
const NO_FIELDS: FieldDefinition[] = [];

export type Choice = { key: string; label: string };

/** The usual columns with what other features show unasked. */
export const usualColumns = (columns: TicketColumn[]): string[] =>
  USUAL.flatMap((key) => [key, ...columns.filter(({ usuallyAfter }) => usuallyAfter === key).map(({ key }) => key)]);

/** Own fields of tickets as columns. */
export function useOwnColumns(isOn = true): FieldDefinition[] {
  const { i18n } = useTranslation();
  const { data = NO_FIELDS } = useQuery({ ...ownFieldsQuery(i18n.language), enabled: isOn });
  return data;
}

/** Every column a view may have, in the words of the screen. */
export function useColumnChoices(): Choice[] {
  const { t } = useTranslation();
  const { columns } = useTicketSlots();
  const own = useOwnColumns();
  return useMemo(
    () => [
      ...Object.keys(WIDTHS).map((key) => ({ key, label: t(`tickets.column.${key}`) })),
      ...columns.map(({ key, label }) => ({ key, label: t(label) })),
      ...own.map(({ code, label }) => ({ key: `${OWN}${code}`, label })),
    ],
    [columns, own, t],
  );
}

export const ownCode = (key: string): string | null => (key.startsWith(OWN) ? key.slice(OWN.length) : null);
