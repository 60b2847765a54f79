import { api } from '@/api';
import type { ArchiveDeed } from '@/directory/archive-button';
import { everyPage } from '@/directory/every-page';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import { useRefreshPeople } from './employees.queries';

export type Team = Schemas['TeamView'];

export const teamsQuery = (filter: { q?: string; archived?: boolean }) =>
  infiniteQueryOptions({
    queryKey: ['teams', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/teams', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** Every team in use, for choosing. */
export const allTeamsQuery = () =>
  queryOptions({
    queryKey: ['teams', 'all'],
    queryFn: ({ signal }) => everyPage((query) => unwrap(api.http.GET('/teams', { params: { query }, signal }))),
  });

export const teamQuery = (id: string) =>
  queryOptions({
    queryKey: ['teams', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/teams/{id}', { params: { path: { id } }, signal })),
  });

export function useSaveTeam(id: string | null) {
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: (body: Schemas['CreateTeam']) =>
      id
        ? unwrap(api.http.PATCH('/teams/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/teams', { body })),
    onSuccess: refresh,
  });
}

export function useArchiveTeam(id: string) {
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) => {
      const params = { path: { id } };
      return unwrap(
        deed === 'archive'
          ? api.http.POST('/teams/{id}/archive', { params })
          : api.http.POST('/teams/{id}/restore', { params }),
      );
    },
    onSuccess: refresh,
  });
}
