import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { LiveState } from '@opora/client';
import { api } from '../api';

const AT_MOST_EVERY_MS = 500;

/** Keeps what is on the screen fresh: the server names what has changed, the queries are asked again. */
export function useLive(): LiveState {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const key of waiting) void cache.invalidateQueries(key === '*' ? {} : { queryKey: [key] });
      waiting.clear();
    };
    const close = api.live(({ topics }) => {
      topics.map(queryOf).forEach((key) => waiting.add(key));
      timer ??= setTimeout(flush, AT_MOST_EVERY_MS);
    }, setState);
    return () => {
      close();
      clearTimeout(timer);
    };
  }, [cache]);
  return state;
}

/** The first word of the queries behind a topic: `ticket:<id>` is one of `tickets`. */
export const queryOf = (topic: string): string => {
  const [noun = topic] = topic.split(':');
  return QUERY_OF[noun] ?? noun;
};

// What becomes of a person or a company changes what the person himself may see.
const QUERY_OF: Record<string, string> = {
  ticket: 'tickets',
  'portal-people': 'people',
  contacts: 'me',
  companies: 'me',
};
