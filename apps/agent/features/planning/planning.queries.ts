import { api } from '@/api';
import { everyPage } from '@/directory/every-page';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Plan = Schemas['PlannedTicketView'];
export type PlanRow = Schemas['PlannedTicketRowView'];
export type PlanInput = Schemas['CreatePlannedTicket'];
export type PlanCheck = Schemas['CheckPlannedTicket'];
export type PreviewInput = Schemas['PreviewPlannedTicket'];
export type PlannedDate = Schemas['PlannedDateView'];
export type PlanCheckResult = Schemas['PlanCheckView'];
export type Group = Schemas['OccurrenceGroupView'];
export type Occurrence = Schemas['OccurrenceView'];
export type CalendarFilter = { from: string; to: string; plannedId?: string; objectId?: string; assigneeId?: string };
type State = 'active' | 'paused' | 'archived';

const STALE = 5 * 60_000;

export const plansQuery = (filter: { q?: string; state?: State }) =>
  infiniteQueryOptions({
    queryKey: ['planned-tickets', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/planned-tickets', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['planned-tickets', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/planned-tickets/{id}', { params: { path: { id } }, signal })),
  });

export const previewQuery = (body: PreviewInput) =>
  queryOptions({
    queryKey: ['planned-tickets', 'preview', body],
    staleTime: STALE,
    retry: false,
    queryFn: ({ signal }) => unwrap(api.http.POST('/planned-tickets/preview', { body, signal })),
  });

export const checkQuery = (body: PlanCheck) =>
  queryOptions({
    queryKey: ['planned-tickets', 'check', body],
    retry: false,
    queryFn: ({ signal }) => unwrap(api.http.POST('/planned-tickets/check', { body, signal })),
  });

/** Dates of plans, those of one plan at one moment together. */
export const groupsQuery = (filter: CalendarFilter) =>
  queryOptions({
    queryKey: ['planned-tickets', 'calendar', filter],
    queryFn: ({ signal }) =>
      everyPage((query) =>
        unwrap(api.http.GET('/planned-occurrences/calendar', { params: { query: { ...filter, ...query } }, signal })),
      ),
  });

/** What stands behind one entry of the calendar. */
export const occurrencesQuery = (filter: CalendarFilter) =>
  infiniteQueryOptions({
    queryKey: ['planned-tickets', 'occurrences', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/planned-occurrences', {
          params: { query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** Other tickets whose work is to begin in these days; `to` is the last of them. */
export const scheduledTicketsQuery = ({ from, to, assigneeId }: { from: string; to: string; assigneeId?: string }) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'scheduled', from, to, assigneeId ?? null],
    queryFn: async ({ signal }) => {
      const q = `scheduled:${from}..${to} -source:schedule${assigneeId ? ` assignee:${assigneeId}` : ''}`;
      return (await unwrap(api.http.GET('/tickets', { params: { query: { q, limit: 200 } }, signal }))).data;
    },
  });

/** What a plan may choose from. */
export const planChoicesQuery = (locale: string) =>
  queryOptions({
    queryKey: ['planning-choices', locale],
    staleTime: STALE,
    queryFn: async ({ signal }) => {
      const [types, priorities, calendars, templates, categories] = await Promise.all([
        unwrap(api.http.GET('/ticket-types', { signal })),
        unwrap(api.http.GET('/priorities', { signal })),
        unwrap(api.http.GET('/sla/calendars', { signal })),
        unwrap(api.http.GET('/checklist-templates', { params: { query: { limit: 200 } }, signal })),
        unwrap(api.http.GET('/company-categories', { signal })),
      ]);
      const named = (rows: readonly { id: string; name: string }[]) => rows.map(({ id, name }) => ({ id, name }));
      return {
        types: types.data.map(({ id, label }) => ({ id, name: label })),
        priorities: priorities.data.map(({ id, label }) => ({ id, name: label })),
        // A calendar with holidays is more likely meant than one that never rests.
        calendars: named([...calendars.data].sort((one, other) => Number(!one.holidays) - Number(!other.holidays))),
        templates: named(templates.data),
        categories: named(categories.data),
      };
    },
  });

function useChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['planned-tickets'] }),
  });
}

export const useSavePlan = (plan: Plan | null) =>
  useChange((body: PlanInput) =>
    plan
      ? unwrap(
          api.http.PATCH('/planned-tickets/{id}', {
            params: { path: { id: plan.id }, header: { 'If-Match': `"${plan.version}"` } },
            body,
          }),
        )
      : unwrap(api.http.POST('/planned-tickets', { body })),
  );

export const useSetActive = (id: string) =>
  useChange((isActive: boolean) =>
    unwrap(
      isActive
        ? api.http.POST('/planned-tickets/{id}/resume', { params: { path: { id } } })
        : api.http.POST('/planned-tickets/{id}/pause', { params: { path: { id } } }),
    ),
  );

export const useEndPlan = (id: string) =>
  useChange(() => unwrap(api.http.DELETE('/planned-tickets/{id}', { params: { path: { id } } })));

export const useMove = () =>
  useChange(({ id, ...body }: { id: string } & Schemas['MoveOccurrence']) =>
    unwrap(api.http.POST('/planned-occurrences/{id}/move', { params: { path: { id } }, body })),
  );

export const useSkip = () =>
  useChange(({ id, ...body }: { id: string } & Schemas['SkipOccurrence']) =>
    unwrap(api.http.POST('/planned-occurrences/{id}/skip', { params: { path: { id } }, body })),
  );

export const useRestore = () =>
  useChange((id: string) => unwrap(api.http.POST('/planned-occurrences/{id}/restore', { params: { path: { id } } })));

export const useRetry = () =>
  useChange((id: string) => unwrap(api.http.POST('/planned-occurrences/{id}/retry', { params: { path: { id } } })));
