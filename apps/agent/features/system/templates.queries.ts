import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Template = Schemas['MessageTemplateView'];
export type Locale = Template['locale'];
export type TemplateText = Schemas['SaveTemplate'];
type Entry = { id: string; name: string; hint?: string | null };

export const templatesQuery = () =>
  queryOptions({
    queryKey: ['message-templates'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/message-templates', { signal }))).data,
  });

/** The mail as the ticket fills it; nothing is sent. */
export const previewQuery = (key: string, body: Schemas['PreviewTemplate']) =>
  queryOptions({
    queryKey: ['template-preview', key, body],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(api.http.POST('/message-templates/{key}/preview', { params: { path: { key } }, body, signal })),
  });

export function useSaveTemplate(key: string, locale: Locale) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TemplateText) =>
      unwrap(api.http.PUT('/message-templates/{key}/{locale}', { params: { path: { key, locale } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: templatesQuery().queryKey }),
  });
}

export function useResetTemplate(key: string, locale: Locale) {
  const queries = useQueryClient();
  return useMutation({
    /** Answers the texts as they are afterwards. */
    mutationFn: async () => {
      await unwrap(api.http.DELETE('/message-templates/{key}/{locale}', { params: { path: { key, locale } } }));
      return queries.fetchQuery({ ...templatesQuery(), staleTime: 0 });
    },
  });
}

/** Tickets to try a text on, the latest first. */
export const ticketsToTryQuery = (q: string) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'to-try', q],
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(
        api.http.GET('/tickets', { params: { query: { limit: 20, sort: '-updatedAt', ...(q ? { q } : {}) } }, signal }),
      );
      return data.map(({ id, number, subject, company }) => ({
        id,
        name: `№ ${number} · ${subject}`,
        hint: company?.name ?? null,
      }));
    },
  });
