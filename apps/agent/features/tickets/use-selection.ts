import type { TicketSelection } from '@/slots/ticket-slots';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListParams } from './tickets.queries';
import type { TicketRow } from './tickets.types';

/** Some of the rows, or all that the filter finds but those taken out. */
type Chosen = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'all'; except: ReadonlySet<string> };
const NONE: Chosen = { kind: 'some', ids: new Set() };

export type Selection = ReturnType<typeof useSelection>;

/** Tickets chosen in a list, over all its pages. Another list begins with none. */
export function useSelection(rows: readonly TicketRow[], { view, q }: ListParams) {
  const [chosen, setChosen] = useState<Chosen>(NONE);
  const [isAsked, ask] = useState(false);
  const last = useRef<string | null>(null);
  const clear = useCallback(() => {
    setChosen(NONE);
    ask(false);
    last.current = null;
  }, []);
  useEffect(clear, [clear, view, q]);

  const has = useCallback(
    (id: string) => (chosen.kind === 'all' ? !chosen.except.has(id) : chosen.ids.has(id)),
    [chosen],
  );
  /** One row, or all from the last one to it. */
  const toggle = (id: string, isRange = false) => {
    const isOn = !has(id);
    const ids = isRange ? between(rows, last.current, id) : [id];
    last.current = id;
    setChosen((present) =>
      present.kind === 'all'
        ? { kind: 'all', except: put(present.except, ids, !isOn) }
        : { kind: 'some', ids: put(present.ids, ids, isOn) },
    );
  };
  const count = (total: number | undefined): number =>
    chosen.kind === 'some' ? chosen.ids.size : Math.max(0, (total ?? 0) - chosen.except.size);
  const body = (): TicketSelection['body'] =>
    chosen.kind === 'some'
      ? { ticketIds: [...chosen.ids] }
      : {
          ...(view ? { view } : {}),
          ...(q || !view ? { q: q ?? '' } : {}),
          ...(chosen.except.size > 0 ? { except: [...chosen.except] } : {}),
        };
  return {
    isOn: isAsked || chosen.kind === 'all' || chosen.ids.size > 0,
    isAll: chosen.kind === 'all',
    isNone: chosen.kind === 'some' && chosen.ids.size === 0,
    has,
    toggle,
    toggleNumber: (number: string | null) => {
      const row = rows.find((each) => String(each.number) === number);
      if (row) toggle(row.id);
    },
    /** Everything the filter finds, on whatever page. */
    chooseAll: () => setChosen({ kind: 'all', except: new Set() }),
    /** Shows the boxes where they are hidden. */
    begin: () => ask(true),
    clear,
    count,
    body,
  };
}

function put(set: ReadonlySet<string>, ids: readonly string[], isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (isIn) next.add(id);
    else next.delete(id);
  }
  return next;
}

function between(rows: readonly TicketRow[], from: string | null, to: string): string[] {
  const at = (id: string | null) => rows.findIndex((row) => row.id === id);
  const [start, end] = [at(from), at(to)].sort((a, b) => a - b);
  return start === undefined || start < 0 ? [to] : rows.slice(start, end! + 1).map(({ id }) => id);
}
