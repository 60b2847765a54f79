import type { ApiProblem, Schemas } from '@opora/client';
import { useState, type ReactNode } from 'react';
import { ConflictDialog, type Conflict } from './conflict-dialog';
import { edit, useTicketChange } from './tickets.queries';
import type { TicketView } from './tickets.types';

export type TicketChange = ReturnType<typeof useTicketChange>;

/** Changes of one ticket, with the dialog for the case that somebody else has changed the same field meanwhile. */
export function useChange(
  ticket: TicketView,
  onRefused?: (error: ApiProblem) => boolean,
  onDecided?: () => void,
): { change: TicketChange; dialog: ReactNode } {
  const [clash, setClash] = useState<{ current: TicketView; conflicts: Conflict[] } | null>(null);
  const change = useTicketChange(String(ticket.number), (error) => {
    if (error.status !== 412 || !Array.isArray(error.members.conflicts)) return onRefused?.(error) ?? false;
    setClash({ current: error.members.current as TicketView, conflicts: error.members.conflicts as Conflict[] });
    return true;
  });
  const decided = () => {
    setClash(null);
    onDecided?.();
  };
  const writeMine = () => {
    if (clash) change.mutate(edit(mine(clash.conflicts), undefined, clash.current.version));
    decided();
  };
  const dialog = clash && <ConflictDialog conflicts={clash.conflicts} onKeepTheirs={decided} onWriteMine={writeMine} />;
  return { change, dialog };
}

/** The refused values as a change: own fields go by their codes. */
function mine(conflicts: Conflict[]): Schemas['UpdateTicket'] {
  const built = conflicts.filter(({ field }) => !field.startsWith('customFields.'));
  const own = conflicts.filter(({ field }) => field.startsWith('customFields.'));
  return {
    ...Object.fromEntries(built.map(({ field, yours }) => [field, yours])),
    ...(own.length > 0
      ? {
          customFields: Object.fromEntries(own.map(({ field, yours }) => [field.slice('customFields.'.length), yours])),
        }
      : {}),
  } as Schemas['UpdateTicket'];
}
