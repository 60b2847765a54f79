import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { LiveState } from '@opora/client';
import { api } from '../api';

/** Keeps what is on the screen fresh: the server names the topics that changed, the queries are asked again. */
export function useLive(): LiveState {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(
    () =>
      api.live(({ topics }) => {
        for (const topic of topics) void cache.invalidateQueries(topic === '*' ? {} : { queryKey: topic.split(':', 1) });
      }, setState),
    [cache],
  );
  return state;
}
