import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { unwrap } from '@opora/client';
import { api } from '@/api';

export type StatusCategory = 'new' | 'in_work' | 'waiting_client' | 'waiting_partner' | 'done' | 'closed';
export type Named = { id: string; name: string };
export type TicketFile = { id: string; name: string; mime: string; size: number; url: string };
export type PortalTicketRow = {
  id: string;
  number: number;
  subject: string;
  status: { name: string; category: StatusCategory; color: string };
  type: { name: string };
  company: Named | null;
  object: Named | null;
  author: { name: string; isMe: boolean };
  createdAt: string;
  updatedAt: string;
};
export type PortalTicket = PortalTicketRow & {
  description: string;
  responsible: { name: string } | null;
  files: TicketFile[];
  can: { comment: boolean; close: boolean; reopen: boolean; rate: boolean };
};
export type PortalComment = {
  id: string;
  author: { name: string; kind: 'contact' | 'employee' | 'system'; isMe: boolean };
  html: string;
  createdAt: string;
  files: TicketFile[];
};
export type FormField = { field: string; isAsked: boolean; isRequired: boolean };
export type PortalTicketType = {
  id: string;
  code: string;
  name: string;
  description?: string | null;
  isDefault: boolean;
  form: FormField[];
};
export type ListFilters = { state: 'open' | 'closed'; scope: 'mine' | 'company'; companyId?: string; q?: string };
export type NewTicket = {
  subject: string;
  description: string;
  typeId: string;
  companyId?: string;
  objectId?: string;
  files: string[];
};
type Page<T> = { data: T[]; page: { next: string | null; limit: number } };

// Links to files live five minutes.
const LINKS_LIVE = { refetchInterval: 4 * 60_000 };

export const ticketListQuery = (filters: ListFilters) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', filters],
    queryFn: ({ pageParam }): Promise<Page<PortalTicketRow>> =>
      unwrap(
        api.http.GET('/portal/tickets', {
          params: { query: { ...filters, cursor: pageParam ?? undefined, limit: 30 } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
    placeholderData: keepPreviousData,
  });

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id],
    queryFn: (): Promise<PortalTicket> => unwrap(api.http.GET('/portal/tickets/{id}', { params: { path: { id } } })),
    ...LINKS_LIVE,
  });

/** The conversation from its latest page backwards. */
export const commentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'comments'],
    queryFn: async (): Promise<PortalComment[]> => {
      const all: PortalComment[] = [];
      let cursor: string | undefined;
      do {
        const { data, page }: Page<PortalComment> = await unwrap(
          api.http.GET('/portal/tickets/{id}/comments', { params: { path: { id }, query: { limit: 200, cursor } } }),
        );
        all.push(...data);
        cursor = page.next ?? undefined;
      } while (cursor);
      return all;
    },
    ...LINKS_LIVE,
  });

export const ticketTypesQuery = queryOptions({
  queryKey: ['ticket-types'],
  queryFn: async (): Promise<PortalTicketType[]> => (await unwrap(api.http.GET('/portal/ticket-types'))).data,
  staleTime: 10 * 60_000,
});

export function useFileTicket() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTicket): Promise<PortalTicket> => unwrap(api.http.POST('/portal/tickets', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
}

export function useReply(id: string) {
  return useChange(id, (body: { text: string; fileIds: string[] }) =>
    unwrap(api.http.POST('/portal/tickets/{id}/comments', { params: { path: { id } }, body })),
  );
}

export function useCloseTicket(id: string) {
  return useChange(id, (body: { comment?: string }) =>
    unwrap(api.http.POST('/portal/tickets/{id}/close', { params: { path: { id } }, body })),
  );
}

export function useReopenTicket(id: string) {
  return useChange(id, () => unwrap(api.http.POST('/portal/tickets/{id}/reopen', { params: { path: { id } } })));
}

function useChange<Input, Output>(id: string, mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
    mutationKey: ['tickets', id],
  });
}
