import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useSearchChanges } from '@/directory/search-changes';
import type { CalendarField, Layout } from './board.queries';
import { isDay, type CalendarSpan } from './calendar-days';
import type { ListParams } from './tickets.queries';
import type { Sort } from './tickets.types';

export type Pane = 'split' | 'full';
type Key = 'view' | 'q' | 'sort' | 'pane' | 'layout' | 'field' | 'day' | 'span';
type Changes = Partial<Record<Key, string | null>>;

const LAYOUTS: readonly string[] = ['list', 'board', 'calendar'] satisfies Layout[];
const FIELDS: readonly string[] = ['deadlineAt', 'scheduledFor', 'putAsideUntil'] satisfies CalendarField[];
const known = <Word extends string>(word: string | null, words: readonly string[]) =>
  word !== null && words.includes(word) ? (word as Word) : undefined;

/** Everything the list shows is in the address: view, filter, order, layout, the ticket opened and how. */
export function useListAddress() {
  const { search, change: changeSearch } = useSearchChanges();
  const { number } = useParams();
  const { state } = useLocation() as { state: unknown };
  const navigate = useNavigate();
  const view = search.get('view') ?? undefined;
  const q = search.get('q') ?? undefined;
  const sort = (search.get('sort') as Sort | null) ?? undefined;
  const pane: Pane = search.get('pane') === 'full' ? 'full' : 'split';
  const layout = known<Layout>(search.get('layout'), LAYOUTS);
  const field = known<CalendarField>(search.get('field'), FIELDS);
  const given = search.get('day');
  const day = isDay(given) ? given : undefined;
  const span: CalendarSpan = search.get('span') === 'week' ? 'week' : 'month';
  const params = useMemo<ListParams>(
    () => ({ ...(view ? { view } : {}), ...(q ? { q } : {}), ...(sort ? { sort } : {}) }),
    [view, q, sort],
  );

  const change = useCallback(
    (changes: Changes, isReplace = true) =>
      // Whoever stays at his place is still told how he came to it.
      changeSearch(changes, { replace: isReplace, state: isReplace ? state : undefined }),
    [changeSearch, state],
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
  return { number, view, q, sort, pane, layout, field, day, span, params, change, open, close };
}
