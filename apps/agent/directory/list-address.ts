import { useCallback } from 'react';
import { useSearchChanges, type SearchChanges } from './search-changes';

/** What a list shows stands in the address: `get('q')`, `set({ q: 'мир' })`; an empty value leaves it. */
export function useListAddress() {
  const { search, change } = useSearchChanges();
  const get = useCallback((key: string) => search.get(key) || undefined, [search]);
  const set = useCallback((changes: SearchChanges) => change(changes, { replace: true }), [change]);
  return { get, set, search: search.toString() };
}
