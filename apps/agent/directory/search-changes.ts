import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams, type NavigateOptions } from 'react-router';

export type SearchChanges = Record<string, string | null | undefined>;

/** Changes single words of the address; an empty value leaves it. Counts from what was asked for last, which may not be drawn yet. */
export function useSearchChanges() {
  const [search, setSearch] = useSearchParams();
  const asked = useRef(search);
  useEffect(() => {
    asked.current = search;
  }, [search]);
  const change = useCallback(
    (changes: SearchChanges, options: NavigateOptions) => {
      const next = new URLSearchParams(asked.current);
      for (const [key, value] of Object.entries(changes)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      asked.current = next;
      setSearch(next, options);
    },
    [setSearch],
  );
  return { search, change };
}
