import { loose } from '@/loose';
import { unwrap } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { PolicyInput } from './policies.queries';

type Named = { id: string; name: string };
export type Moved = {
  ticket: { id: string; number: number; subject: string };
  metric: string;
  before: string | null;
  after: string | null;
};
export type Impact = { checked: number; moved: number; breached: number; rescued: number; sample: Moved[] };
export type Recount = {
  id: string;
  policy: Named | null;
  state: 'waiting' | 'running' | 'done' | 'failed';
  total: number;
  done: number;
  moved: number;
  startedBy: Named | null;
  createdAt: string;
};

/** How deadlines of open tickets would move with the policy as it stands on the screen. */
export function useImpact(id: string) {
  return useMutation({
    mutationFn: (body: PolicyInput) => unwrap(loose.POST<Impact>(`/sla/policies/${id}/impact`, { body })),
  });
}

export function useRecount(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { withClosed: boolean }) => unwrap(loose.POST<Recount>(`/sla/policies/${id}/recount`, { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['sla-recounts'] }),
  });
}

const LIVE_MS = 1500;

/** Recounts, asked again and again while one of them runs. */
export const recountsQuery = () =>
  queryOptions({
    queryKey: ['sla-recounts'],
    queryFn: async ({ signal }) => (await unwrap(loose.GET<{ data: Recount[] }>('/sla/recounts', { signal }))).data,
    refetchInterval: ({ state }) =>
      state.data?.some((run) => run.state === 'waiting' || run.state === 'running') ? LIVE_MS : false,
    retry: false,
  });
