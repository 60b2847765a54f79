import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { PolicyInput } from './policies.queries';

export type Moved = Schemas['ImpactSampleView'];
const of = (id: string) => ({ path: { id } });

/** How deadlines of open tickets would move with the policy as it stands on the screen. */
export function useImpact(id: string) {
  return useMutation({
    mutationFn: (body: PolicyInput) => unwrap(api.http.POST('/sla/policies/{id}/impact', { params: of(id), body })),
  });
}

export function useRecount(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['StartRecount']) =>
      unwrap(api.http.POST('/sla/policies/{id}/recount', { params: of(id), body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['sla-recounts'] }),
  });
}

const LIVE_MS = 1500;

/** Recounts, asked again and again while one of them runs. */
export const recountsQuery = () =>
  queryOptions({
    queryKey: ['sla-recounts'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/recounts', { signal }))).data,
    refetchInterval: ({ state }) =>
      state.data?.some((run) => run.state === 'waiting' || run.state === 'running') ? LIVE_MS : false,
  });
