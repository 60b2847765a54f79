import { api } from '@/api';
import { ApiProblem, unwrap, type Schemas } from '@opora/client';
import { notifyProblem } from '@opora/ui/theme';
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Named, Sort, TicketPage, TicketRow, TicketView, Transition } from './tickets.types';

export type ListParams = { view?: string; q?: string; sort?: Sort };
const PAGE = 100;

export const ticketsQuery = (params: ListParams) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', params],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/tickets', {
          params: { query: { ...params, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
    retry: false,
  });

export const ticketCountQuery = (params: Omit<ListParams, 'sort'>) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'count', params],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/count', { params: { query: params }, signal })),
    retry: false,
  });

/** A ticket by its number, as it stands in the address. */
export const ticketQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/{id}', { params: { path: { id: number } }, signal })),
  });

type Change = {
  /** Calls the server; `ticket` is what the screen showed. */
  send: (ticket: TicketView) => Promise<TicketView>;
  /** What the person sees at once. */
  echo?: (ticket: TicketView) => TicketView;
};

/** Changes a ticket with an echo before the answer; a refusal puts everything back and says why. */
export function useTicketChange(number: string, onRefused?: (error: ApiProblem, change: Change) => boolean) {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const key = ticketQuery(number).queryKey;
  return useMutation({
    mutationFn: (change: Change) => change.send(queries.getQueryData(key) as TicketView),
    onMutate: async ({ echo }) => {
      await queries.cancelQueries({ queryKey: key, exact: true });
      const before = queries.getQueryData(key);
      if (before && echo) show(queries, echo(before));
      return { before };
    },
    onSuccess: (ticket) => show(queries, ticket),
    onError: (error, change, context) => {
      if (context?.before) show(queries, context.before);
      if (!(error instanceof ApiProblem && onRefused?.(error, change))) notifyProblem(t('tickets.failed'), error);
      void queries.invalidateQueries({ queryKey: key });
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
      void queries.invalidateQueries({ queryKey: ['ticket-views'] });
      void queries.invalidateQueries({ queryKey: [...key, 'timeline'] });
    },
  });
}

const path = (ticket: TicketView) => ({ path: { id: String(ticket.number) } });

export const take = (me: Named): Change => ({
  send: (ticket) => unwrap(api.http.POST('/tickets/{id}/take', { params: path(ticket) })),
  echo: (ticket) => ({ ...ticket, assignee: me, can: { ...ticket.can, take: false } }),
});

export const assign = ({
  reason,
  ...to
}: {
  assignee?: Named | null;
  team?: (Named & { line: number }) | null;
  /** Why it is handed over. */
  reason?: string;
}): Change => ({
  send: (ticket) =>
    unwrap(
      api.http.POST('/tickets/{id}/assign', {
        params: path(ticket),
        body: {
          ...('assignee' in to ? { assigneeId: to.assignee?.id ?? null } : {}),
          ...('team' in to ? { teamId: to.team?.id ?? null } : {}),
          ...(reason ? { reason } : {}),
        },
      }),
    ),
  echo: (ticket) => ({ ...ticket, ...to }),
});

export type TransitionInput = Schemas['TransitionTicket'] & { transitionId: string };

/** Along a transition; what stands in the way is asked of the server, so a locked one is not shown as done. */
export const transition = (input: TransitionInput, { to, blockedBy }: Transition): Change => ({
  send: (ticket) =>
    unwrap(
      api.http.POST('/tickets/{id}/transition', {
        params: path(ticket),
        body: input,
      }),
    ),
  ...(blockedBy.length > 0 || input.fields
    ? {}
    : { echo: (ticket: TicketView) => ({ ...ticket, status: to, transitions: [] }) }),
});

/** Out of sight until a moment; the ticket comes back by itself. */
export const putAside = (body: { until: string; reason?: string }): Change => ({
  send: (ticket) => unwrap(api.http.POST('/tickets/{id}/put-aside', { params: path(ticket), body })),
});

/** Back before its moment. */
export const resume = (): Change => ({
  send: (ticket) => unwrap(api.http.POST('/tickets/{id}/resume', { params: path(ticket) })),
});

/** Sets fields; the version shown goes along, so that somebody else's change of the same field is not wiped out. */
export const edit = (body: Schemas['UpdateTicket'], echo?: Partial<TicketView>, version?: number): Change => ({
  send: (ticket) =>
    unwrap(
      api.http.PATCH('/tickets/{id}', {
        params: { ...path(ticket), header: { 'If-Match': `"${version ?? ticket.version}"` } },
        body,
      }),
    ),
  ...(echo ? { echo: (ticket: TicketView) => ({ ...ticket, ...echo }) } : {}),
});

export const restore = (): Change => ({
  send: (ticket) => unwrap(api.http.POST('/tickets/{id}/restore', { params: path(ticket) })),
});

export function useDeleteTicket(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      unwrap(api.http.POST('/tickets/{id}/delete', { params: { path: { id: number } }, body: { reason } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['tickets'] });
      void queries.invalidateQueries({ queryKey: ['ticket-views'] });
    },
  });
}

/** Puts a ticket into its own query and into every list that shows it. */
function show(queries: QueryClient, ticket: TicketView) {
  queries.setQueryData(ticketQuery(String(ticket.number)).queryKey, ticket);
  queries.setQueriesData<InfiniteData<TicketPage>>({ queryKey: ['tickets', 'list'] }, (list) => {
    if (!list?.pages || !list.pages.some(({ data }) => data.some(({ id }) => id === ticket.id))) return list;
    return {
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        data: page.data.map((row) => (row.id === ticket.id ? intoRow(row, ticket) : row)),
      })),
    };
  });
}

function intoRow(row: TicketRow, ticket: TicketView): TicketRow {
  const {
    subject,
    status,
    priority,
    type,
    assignee,
    team,
    company,
    contact,
    object,
    deadlineAt,
    scheduledFor,
    version,
  } = ticket;
  return {
    ...row,
    subject,
    status,
    priority,
    type,
    assignee,
    team,
    company,
    contact,
    object,
    deadlineAt,
    scheduledFor,
    version,
  };
}
