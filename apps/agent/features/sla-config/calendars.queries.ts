import { api } from '@/api';
import { onePage } from '@/directory/one-page';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalendarDefinition, Holiday } from './calendar-days';

export type WorkCalendar = Schemas['CalendarView'];
export type CalendarInput = CalendarDefinition & { name: string; code?: string };

export const calendarsQuery = (archived = false) =>
  onePage(['sla-calendars', { archived }], (signal) =>
    unwrap(api.http.GET('/sla/calendars', { params: { query: archived ? { archived } : {} }, signal })),
  );

export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['sla-calendars', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/sla/calendars/{id}', { params: { path: { id } }, signal })),
  });

/** Production calendars of all years that have been brought in. */
export const holidaysQuery = () =>
  queryOptions({
    queryKey: ['sla-holidays'],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/holidays', { signal }))).data,
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['sla-calendars'] });
    void queries.invalidateQueries({ queryKey: ['sla-policies'] });
  };
}

/** Saves what is on the screen; `version` is the one it was read at. */
export function useSaveCalendar(calendar: WorkCalendar | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: CalendarInput) =>
      calendar
        ? unwrap(
            api.http.PATCH('/sla/calendars/{id}', {
              params: { path: { id: calendar.id }, header: { 'If-Match': `"${calendar.version}"` } },
              body: body as Schemas['UpdateCalendar'],
            }),
          )
        : unwrap(api.http.POST('/sla/calendars', { body: body as Schemas['CreateCalendar'] })),
    onSuccess,
  });
}

export function useArchiveCalendar(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (isArchived: boolean) =>
      isArchived
        ? unwrap(api.http.POST('/sla/calendars/{id}/archive', { params: { path: { id } } }))
        : unwrap(api.http.POST('/sla/calendars/{id}/restore', { params: { path: { id } } })),
    onSuccess,
  });
}

export function usePutHolidays() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ country, year, days }: { country: string; year: number; days: Holiday[] }) =>
      unwrap(
        api.http.PUT('/sla/holidays/{country}/{year}', {
          params: { path: { country, year: String(year) } },
          body: { days },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['sla-holidays'] });
      void queries.invalidateQueries({ queryKey: ['sla-calendars'] });
    },
  });
}
