import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** What a list shows stands in the address: `get('q')`, `set({ q: 'мир' })`; an empty value leaves it. */
export function useListAddress() {
  const [search, setSearch] = useSearchParams();
  const get = useCallback((key: string) => search.get(key) || undefined, [search]);
  const set = useCallback(
    (changes: Record<string, string | null | undefined>) =>
      setSearch(
        (present) => {
          const next = new URLSearchParams(present);
          for (const [key, value] of Object.entries(changes)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { get, set, search: search.toString() };
}
