import { api } from '@/api';
import { everyPage } from '@/directory/every-page';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Absence = Schemas['AbsenceView'];
export type AbsenceReason = Schemas['CreateAbsence']['reason'];
export type AbsenceInput = Schemas['CreateAbsence'];

export const absencesQuery = (window: { from: string; to: string; teamId?: string }) =>
  queryOptions({
    queryKey: ['absences', 'list', window],
    queryFn: ({ signal }) =>
      everyPage((query) => unwrap(api.http.GET('/absences', { params: { query: { ...window, ...query } }, signal }))),
    placeholderData: keepPreviousData,
  });

export const absenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['absences', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/absences/{id}', { params: { path: { id } }, signal })),
  });

/** Everybody of a team, also those who are always there. */
export const teamPeopleQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['directory', 'people-of-team', teamId],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/directory/people', { params: { query: { teamId, limit: 200 } }, signal }))).data,
  });

export const directoryTeamsQuery = () =>
  queryOptions({
    queryKey: ['directory', 'teams'],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/directory/teams', { params: { query: { limit: 200 } }, signal }))).data,
  });

/** The open tickets of whoever is away. */
export const absenceTicketsQuery = (id: string) =>
  queryOptions({
    queryKey: ['absences', 'tickets', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/absences/{id}/tickets', { params: { path: { id } }, signal })),
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['absences'] });
}

export function useSaveAbsence(absence: Absence | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ employeeId, ...body }: AbsenceInput) =>
      absence
        ? unwrap(
            api.http.PATCH('/absences/{id}', {
              params: { path: { id: absence.id }, header: { 'If-Match': `"${absence.version}"` } },
              body: {
                ...body,
                // Days that stay keep their hours.
                ...(body.from === absence.firstDay ? { from: undefined } : {}),
                ...(body.to === absence.lastDay ? { to: undefined } : {}),
              },
            }),
          )
        : unwrap(api.http.POST('/absences', { body: { ...body, employeeId } })),
    onSuccess,
  });
}

export function useDeleteAbsence(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/absences/{id}', { params: { path: { id } } })),
    onSuccess,
  });
}

export function useHandOver(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (toId: string | null) =>
      unwrap(api.http.POST('/absences/{id}/hand-over', { params: { path: { id } }, body: toId ? { toId } : {} })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['absences'] });
      void queries.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
}
