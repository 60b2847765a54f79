import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';

export type Entry = Schemas['TimeEntryView'];
export type EntryInput = Schemas['CreateTimeEntry'];
export type EntryFilter = { from?: string; to?: string; employeeId?: string; q?: string };
export type Totals = Schemas['TimeTotalsView'];
export type TimeSettings = Schemas['TimeSettingsView'];

/** Below the ticket's own key: news of the ticket refresh it. */
const ofTicket = (number: number) => ['tickets', 'one', String(number), 'time'] as const;

export const ticketEntriesQuery = (number: number) =>
  infiniteQueryOptions({
    queryKey: [...ofTicket(number), 'entries'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/tickets/{id}/time-entries', {
          params: { path: { id: String(number) }, query: { limit: 5, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const ticketTimeQuery = (number: number) =>
  queryOptions({
    queryKey: [...ofTicket(number), 'summary'],
    queryFn: ({ signal }) =>
      unwrap(api.http.GET('/tickets/{id}/time-summary', { params: { path: { id: String(number) } }, signal })),
  });

export const entriesQuery = (filter: EntryFilter) =>
  infiniteQueryOptions({
    queryKey: ['time-entries', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/time-entries', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const totalsQuery = (filter: EntryFilter) =>
  queryOptions({
    queryKey: ['time-entries', 'totals', filter],
    queryFn: ({ signal }) => unwrap(api.http.GET('/time-entries/totals', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });

export const settingsQuery = () =>
  queryOptions({
    queryKey: ['time-entries', 'settings'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/time-settings', { signal })),
  });

export function useSaveSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['UpdateTimeSettings']) => unwrap(api.http.PUT('/time-settings', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['time-entries'] }),
  });
}

/** Entries stand on tickets, in lists and in sums: all of it is read anew. */
export function refreshTime(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: ['time-entries'] });
  void queries.invalidateQueries({ queryKey: ['tickets', 'one'] });
}

export function useAddEntry(ticket: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: EntryInput) =>
      unwrap(api.http.POST('/tickets/{id}/time-entries', { params: { path: { id: ticket } }, body })),
    onSuccess: () => refreshTime(queries),
  });
}

export function useUpdateEntry({ id, version }: Pick<Entry, 'id' | 'version'>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['UpdateTimeEntry']) =>
      unwrap(
        api.http.PATCH('/time-entries/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => refreshTime(queries),
  });
}

export function useRemoveEntry(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/time-entries/{id}', { params: { path: { id } } })),
    onSuccess: () => refreshTime(queries),
  });
}
