import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

const of = (id: string) => ({ path: { id } });

/** When a service object is open: its own hours, or those of an object above it. */
export const objectHoursQuery = (id: string) =>
  queryOptions({
    queryKey: ['sla-objects', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/sla/objects/{id}/calendar', { params: of(id), signal })),
  });

export function useSetObjectHours(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (calendarId: string | null) =>
      calendarId === null
        ? unwrap(api.http.DELETE('/sla/objects/{id}/calendar', { params: of(id) }))
        : unwrap(api.http.PUT('/sla/objects/{id}/calendar', { params: of(id), body: { calendarId } })),
    onSuccess: (hours) => {
      queries.setQueryData(objectHoursQuery(id).queryKey, hours);
      void queries.invalidateQueries({ queryKey: ['sla-objects'] });
    },
  });
}
