import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Macro = Schemas['MacroView'];
export type MacroInput = Schemas['CreateMacro'];
export type Scope = Schemas['KeepScope'];

const ALL = 200;

/** Macros the person may use, in the order of the menu. */
export const macrosQuery = () =>
  queryOptions({
    queryKey: ['macros', 'list'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/macros', { params: { query: { limit: ALL } }, signal }))).data,
  });

export const macroQuery = (id: string) =>
  queryOptions({
    queryKey: ['macros', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/macros/{id}', { params: { path: { id } }, signal })),
  });

/** What a macro would do to a ticket as it stands now. */
export const macroPreviewQuery = (id: string, ticketId: string, version: number) =>
  queryOptions({
    queryKey: ['macros', 'preview', id, ticketId, version],
    retry: false,
    queryFn: ({ signal }) =>
      unwrap(api.http.POST('/macros/{id}/preview', { params: { path: { id } }, body: { ticketId }, signal })),
  });

export function useSaveMacro(present: Macro | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MacroInput) =>
      present
        ? unwrap(
            api.http.PATCH('/macros/{id}', {
              params: { path: { id: present.id }, header: { 'If-Match': `"${present.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/macros', { body })),
    onSuccess: (macro) => {
      queries.setQueryData(macroQuery(macro.id).queryKey, macro);
      void queries.invalidateQueries({ queryKey: ['macros', 'list'] });
    },
  });
}

export function useDeleteMacro(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/macros/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['macros', 'list'] }),
  });
}

export function useOrderMacros() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => unwrap(api.http.PUT('/macros/order', { body: { ids } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['macros', 'list'] }),
  });
}

export function useRunMacro() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ticketId }: { id: string; ticketId: string }) =>
      unwrap(api.http.POST('/macros/{id}/run', { params: { path: { id } }, body: { ticketId } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['tickets'] });
      void queries.invalidateQueries({ queryKey: ['checklists'] });
    },
  });
}

export type Answer = Schemas['CannedAnswerView'];
export type AnswerInput = Schemas['CreateCannedAnswer'];

export const answersQuery = (filter: { q?: string }) =>
  infiniteQueryOptions({
    queryKey: ['canned-answers', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/canned-answers', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const answerQuery = (id: string) =>
  queryOptions({
    queryKey: ['canned-answers', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/canned-answers/{id}', { params: { path: { id } }, signal })),
  });

/** Answers for what was typed, with the ticket's values put in. */
export const answerSearchQuery = (q: string, ticketId: string) =>
  queryOptions({
    queryKey: ['canned-answers', 'search', ticketId, q],
    staleTime: 15_000,
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.http.GET('/canned-answers/search', {
            params: { query: { ticketId, limit: 8, ...(q ? { q } : {}) } },
            signal,
          }),
        )
      ).data,
  });

export const variablesQuery = (locale: string) =>
  queryOptions({
    queryKey: ['canned-answers', 'variables', locale],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/canned-answers/variables', { signal }))).data,
  });

export const answerPreviewQuery = (html: string, ticketId: string | null) =>
  queryOptions({
    queryKey: ['canned-answers', 'preview', html, ticketId],
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.http.POST('/canned-answers/preview', { body: { html, ...(ticketId ? { ticketId } : {}) }, signal })),
  });

export function useSaveAnswer(present: Answer | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AnswerInput) =>
      present
        ? unwrap(
            api.http.PATCH('/canned-answers/{id}', {
              params: { path: { id: present.id }, header: { 'If-Match': `"${present.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/canned-answers', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['canned-answers'] }),
  });
}

export function useDeleteAnswer(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/canned-answers/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['canned-answers', 'list'] }),
  });
}
