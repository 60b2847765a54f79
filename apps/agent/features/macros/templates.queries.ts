import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Template = Schemas['TicketTemplateView'];
export type TemplateInput = Schemas['CreateTicketTemplate'];

export const templatesQuery = (filter: { q?: string }) =>
  infiniteQueryOptions({
    queryKey: ['ticket-templates', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/ticket-templates', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** All there are to choose from on the form of a new ticket. */
export const templateChoiceQuery = () =>
  queryOptions({
    queryKey: ['ticket-templates', 'choice'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/ticket-templates', { params: { query: { limit: 200 } }, signal }))).data,
  });

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket-templates', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/ticket-templates/{id}', { params: { path: { id } }, signal })),
  });

export function useSaveTemplate(present: Template | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TemplateInput) =>
      present
        ? unwrap(
            api.http.PATCH('/ticket-templates/{id}', {
              params: { path: { id: present.id }, header: { 'If-Match': `"${present.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/ticket-templates', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['ticket-templates'] }),
  });
}

/** A template of what a ticket already has. */
export function useCopyTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CopyTicketTemplate']) =>
      unwrap(api.http.POST('/ticket-templates/from-ticket', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['ticket-templates'] }),
  });
}

export function useDeleteTemplate(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/ticket-templates/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['ticket-templates', 'list'] }),
  });
}
