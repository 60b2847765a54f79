import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { SkillLevel } from './dispatch.types';

export const skillsQuery = () =>
  queryOptions({
    queryKey: ['skills', 'all'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/skills', { signal }))).data,
  });

export const typeSkillsQuery = () =>
  queryOptions({
    queryKey: ['skills', 'types'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/type-skills', { signal }))).data,
  });

export const engineersQuery = (query: { teamId?: string; q?: string }) =>
  infiniteQueryOptions({
    queryKey: ['engineers', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/dispatch/engineers', {
          params: { query: { ...query, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const dispatchSettingsQuery = () =>
  queryOptions({
    queryKey: ['dispatch', 'settings'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/dispatch/settings', { signal })),
  });

export const calendarsQuery = () =>
  queryOptions({
    queryKey: ['dispatch', 'calendars'],
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/calendars', { signal }))).data,
  });

/** What follows when skills or people have changed. */
function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [['skills'], ['engineers'], ['dispatch'], ['zones'], ['tickets', 'list', 'dispatch']])
      void queries.invalidateQueries({ queryKey });
  };
}

export function useSaveSkill() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ id, name }: { id: string | null; name: string }) =>
      id
        ? unwrap(api.http.PATCH('/skills/{id}', { params: { path: { id } }, body: { name } }))
        : unwrap(api.http.POST('/skills', { body: { name } })),
    onSuccess,
  });
}

export function useDeleteSkill() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.DELETE('/skills/{id}', { params: { path: { id } } })),
    onSuccess,
  });
}

export function useSetTypeSkills() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: ({ typeId, skills }: { typeId: string; skills: SkillLevel[] }) =>
      unwrap(api.http.PUT('/type-skills/{id}', { params: { path: { id: typeId } }, body: { skills } })),
    onSettled,
  });
}

export function useSaveEngineer() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: Schemas['UpdateEngineer'] }) =>
      unwrap(api.http.PATCH('/dispatch/engineers/{id}', { params: { path: { id } }, body })),
    onSettled,
  });
}

export function useSaveSettings() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['UpdateDispatchSettings']) => unwrap(api.http.PUT('/dispatch/settings', { body })),
    onSuccess,
  });
}
