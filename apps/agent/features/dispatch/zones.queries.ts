import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Zone } from './dispatch.types';

export const zonesQuery = () =>
  queryOptions({
    queryKey: ['zones', 'all'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/zones', { signal }))).data,
  });

export const zoneMapQuery = () =>
  queryOptions({
    queryKey: ['zones', 'map'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/zones/map', { signal })),
  });

export const zoneObjectsQuery = (query: { zoneId?: string; q?: string }) =>
  infiniteQueryOptions({
    queryKey: ['zones', 'objects', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/zones/objects', {
          params: { query: { ...query, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** What follows when zones have changed: maps, lists, the board. */
function useRefresh() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['zones'] });
    void queries.invalidateQueries({ queryKey: ['tickets', 'list', 'dispatch'] });
  };
}

export type ZoneDraft = Schemas['CreateZone'];

export function useSaveZone(zone: Zone | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ZoneDraft) =>
      zone
        ? unwrap(
            api.http.PATCH('/zones/{id}', {
              params: { path: { id: zone.id }, header: { 'If-Match': `"${zone.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/zones', { body })),
    onSuccess: refresh,
  });
}

export function useDeleteZone(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/zones/{id}', { params: { path: { id } } })),
    onSuccess: refresh,
  });
}

export function useOrderZones() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (ids: string[]) => unwrap(api.http.PUT('/zones/order', { body: { ids } })),
    onSettled: refresh,
  });
}

export function useImportZones() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (geojson: Record<string, unknown>) => unwrap(api.http.POST('/zones/import', { body: { geojson } })),
    onSuccess: refresh,
  });
}
