import { api } from '@/api';
import { unwrap } from '@opora/client';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { ExcuseState, Metric, Outcome, ReportBy } from './sla.types';

const cursorOf = (cursor: string) => (cursor ? { cursor } : {});

/** Tickets over the limit of their status; a row's id is its ticket's. */
export const stuckQuery = () =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', 'stuck'],
    queryFn: async ({ pageParam, signal }) => {
      const page = await unwrap(api.http.GET('/sla/stuck', { params: { query: cursorOf(pageParam) }, signal }));
      return { ...page, data: page.data.map((row) => ({ ...row, id: row.ticket.id })) };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const excusesQuery = (state: ExcuseState) =>
  infiniteQueryOptions({
    queryKey: ['sla', 'excuses', state],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.http.GET('/sla/excuses', { params: { query: { state, ...cursorOf(pageParam) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export function useDecide(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ verdict, note }: { verdict: 'approve' | 'decline'; note: string }) =>
      verdict === 'approve'
        ? unwrap(api.http.POST('/sla/excuses/{id}/approve', { params: { path: { id } }, body: { note } }))
        : unwrap(api.http.POST('/sla/excuses/{id}/decline', { params: { path: { id } }, body: { note } })),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['sla'] });
      void queries.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
}

export type ReportParams = { from: string; to: string; by: ReportBy; metric: Metric; q?: string };

export const reportQuery = (query: ReportParams) =>
  queryOptions({
    queryKey: ['sla', 'report', query],
    queryFn: ({ signal }) => unwrap(api.http.GET('/sla/report', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** The exact tickets behind one figure of the report. */
export const reportTicketsQuery = (params: ReportParams & { key?: string; outcome?: Outcome }) =>
  infiniteQueryOptions({
    queryKey: ['sla', 'report', 'tickets', params],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.http.GET('/sla/report/tickets', { params: { query: { ...params, ...cursorOf(pageParam) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });
