import type { Schemas } from '@opora/client';
import { useState, type ReactNode } from 'react';
import { ConflictDialog, type Conflict } from './conflict-dialog';
import { edit, useTicketChange } from './tickets.queries';
import type { TicketView } from './tickets.types';

export type TicketChange = ReturnType<typeof useTicketChange>;

/** Changes of one ticket, with the dialog for the case that somebody else has changed the same field meanwhile. */
export function useChange(ticket: TicketView): { change: TicketChange; dialog: ReactNode } {
  const [clash, setClash] = useState<{ current: TicketView; conflicts: Conflict[] } | null>(null);
  const change = useTicketChange(String(ticket.number), (error) => {
    if (error.status !== 412 || !Array.isArray(error.members.conflicts)) return false;
    setClash({ current: error.members.current as TicketView, conflicts: error.members.conflicts as Conflict[] });
    return true;
  });
  const writeMine = () => {
    if (clash)
      change.mutate(
        edit(
          Object.fromEntries(clash.conflicts.map(({ field, yours }) => [field, yours])) as Schemas['UpdateTicket'],
          undefined,
          clash.current.version,
        ),
      );
    setClash(null);
  };
  const dialog = clash && (
    <ConflictDialog conflicts={clash.conflicts} onKeepTheirs={() => setClash(null)} onWriteMine={writeMine} />
  );
  return { change, dialog };
}
