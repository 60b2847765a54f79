import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Template = Schemas['ChecklistTemplateView'];
export type TemplateRow = Schemas['ChecklistTemplateRowView'];
export type TemplateInput = Schemas['CreateChecklistTemplate'];

export const templatesQuery = (filter: { q?: string; typeId?: string; archived?: boolean }) =>
  infiniteQueryOptions({
    queryKey: ['checklist-templates', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/checklist-templates', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['checklist-templates', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/checklist-templates/{id}', { params: { path: { id } }, signal })),
  });

export const typeNamesQuery = () =>
  queryOptions({
    queryKey: ['ticket-types', 'for-checklists'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/ticket-types', { signal }))).data,
  });

export function useSaveTemplate(present: Pick<Template, 'id' | 'version'> | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TemplateInput) =>
      present
        ? unwrap(
            api.http.PATCH('/checklist-templates/{id}', {
              params: { path: { id: present.id }, header: { 'If-Match': `"${present.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/checklist-templates', { body })),
    onSuccess: (template) => {
      queries.setQueryData(templateQuery(template.id).queryKey, template);
      void queries.invalidateQueries({ queryKey: ['checklist-templates', 'list'] });
    },
  });
}

export function useArchiveTemplate(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (isArchived: boolean) =>
      unwrap(
        isArchived
          ? api.http.POST('/checklist-templates/{id}/archive', { params: { path: { id } } })
          : api.http.POST('/checklist-templates/{id}/restore', { params: { path: { id } } }),
      ),
    onSuccess: (template) => {
      queries.setQueryData(templateQuery(id).queryKey, template);
      void queries.invalidateQueries({ queryKey: ['checklist-templates', 'list'] });
    },
  });
}
