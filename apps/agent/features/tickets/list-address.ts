import { useCallback, useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { ListParams } from './tickets.queries';
import type { Sort } from './tickets.types';

export type Pane = 'split' | 'full';
type Changes = Partial<Record<'view' | 'q' | 'sort' | 'pane', string | null>>;

/** Everything the list shows is in the address: view, filter, order, the ticket opened and how. */
export function useListAddress() {
  const [search, setSearch] = useSearchParams();
  const { number } = useParams();
  const navigate = useNavigate();
  const view = search.get('view') ?? undefined;
  const q = search.get('q') ?? undefined;
  const sort = (search.get('sort') as Sort | null) ?? undefined;
  const pane: Pane = search.get('pane') === 'full' ? 'full' : 'split';
  const params = useMemo<ListParams>(
    () => ({ ...(view ? { view } : {}), ...(q ? { q } : {}), ...(sort ? { sort } : {}) }),
    [view, q, sort],
  );

  const change = useCallback(
    (changes: Changes, isReplace = true) =>
      setSearch(
        (present) => {
          const next = new URLSearchParams(present);
          for (const [key, value] of Object.entries(changes)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { replace: isReplace },
      ),
    [setSearch],
  );
  const open = useCallback(
    (ticket: number, isReplace = false) =>
      void navigate({ pathname: `/tickets/${ticket}`, search: search.toString() }, { replace: isReplace }),
    [navigate, search],
  );
  const close = useCallback(
    () => void navigate({ pathname: '/tickets', search: search.toString() }),
    [navigate, search],
  );
  return { number, view, q, sort, pane, params, change, open, close };
}
