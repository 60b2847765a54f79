import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ExplanationOf, RunRef } from './sla.types';

const of = (number: string) => ({ path: { id: number } });

/** All clocks of a ticket, the rule they follow, whose time it was; renewed with the ticket itself. */
export const ticketSlaQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'sla'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/{id}/sla', { params: of(number), signal })),
  });

export const explanationQuery = (number: string, run: RunRef) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'sla', 'explanation', run],
    queryFn: async ({ signal }) =>
      (await unwrap(
        api.http.GET('/tickets/{id}/sla/explanation', { params: { ...of(number), query: run }, signal }),
      )) as ExplanationOf,
  });

/** The explanation as the server writes it for a dispute. */
export const explanationCsv = async (number: string, run: RunRef): Promise<string> =>
  (await unwrap(
    api.http.GET('/tickets/{id}/sla/explanation', {
      params: { ...of(number), query: { ...run, format: 'csv' } },
      parseAs: 'text',
    }),
  )) as string;

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['tickets'] });
    void queries.invalidateQueries({ queryKey: ['sla'] });
  };
}

export function useSetDeadline(number: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['SetDeadline']) =>
      unwrap(api.http.PUT('/tickets/{id}/sla/deadline', { params: of(number), body })),
    onSuccess,
  });
}

export function useDropDeadline(number: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/tickets/{id}/sla/deadline', { params: of(number) })),
    onSuccess,
  });
}

/** The engineer has come to the site, now. */
export function useArrive(number: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.PUT('/tickets/{id}/sla/arrival', { params: of(number), body: {} })),
    onSuccess,
  });
}

export const excuseReasonsQuery = () =>
  queryOptions({
    queryKey: ['sla', 'excuse-reasons'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/excuse-reasons', { signal }))).data,
  });

export function useAskExcuse(number: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['AskExcuse']) =>
      unwrap(api.http.POST('/tickets/{id}/sla/excuses', { params: of(number), body })),
    onSuccess,
  });
}
