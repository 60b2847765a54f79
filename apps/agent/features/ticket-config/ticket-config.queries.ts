import { api } from '@/api';
import type { ArchiveDeed } from '@/directory/archive-button';
import { onePage } from '@/directory/one-page';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type FormField = Schemas['FormFieldInput'];
export type TicketType = Omit<Schemas['TicketTypeView'], 'form'> & { form: FormField[] };
export type TypeInput = Omit<Schemas['CreateTicketType'], 'code'> & Pick<Schemas['UpdateTicketType'], 'isArchived'>;
export type Priority = Schemas['PriorityView'];
export type PriorityInput = Omit<Schemas['CreatePriority'], 'code'> &
  Pick<Schemas['UpdatePriority'], 'isArchived' | 'isDefault'>;

export const typesQuery = () =>
  onePage(
    ['ticket-types', 'all'],
    (signal) => unwrap(api.http.GET('/ticket-types', { signal })) as unknown as Promise<{ data: TicketType[] }>,
  );
export const prioritiesQuery = () =>
  onePage(['priorities', 'all'], (signal) => unwrap(api.http.GET('/priorities', { signal })));
export const processesQuery = () =>
  onePage(['processes', 'all'], (signal) => unwrap(api.http.GET('/processes', { signal })));

/** Roles a transition may be kept for; only those who see roles can choose. */
export const rolesQuery = () =>
  queryOptions({
    queryKey: ['roles', 'for-transitions'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/roles', { params: { query: { limit: 200 } }, signal }))).data,
  });

/** Groups of companies, for those who may see them. */
export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['company-categories', 'choices'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/company-categories', { signal }))).data,
  });

/** Names of these things stand on tickets and in their lists too. */
export function useRefreshConfig() {
  const queries = useQueryClient();
  return () => {
    for (const noun of ['ticket-types', 'priorities', 'processes', 'tickets', 'ticket'])
      void queries.invalidateQueries({ queryKey: [noun] });
  };
}

export function useSaveType(id: string | null) {
  const refresh = useRefreshConfig();
  return useMutation({
    mutationFn: ({ code, ...body }: TypeInput & { code: string }) =>
      id
        ? unwrap(api.http.PATCH('/ticket-types/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/ticket-types', { body: { ...body, code } })),
    onSuccess: refresh,
  });
}

export function useArchiveType(id: string) {
  const refresh = useRefreshConfig();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) =>
      unwrap(
        api.http.PATCH('/ticket-types/{id}', { params: { path: { id } }, body: { isArchived: deed === 'archive' } }),
      ),
    onSuccess: refresh,
  });
}

export function useSavePriority(id: string | null) {
  const refresh = useRefreshConfig();
  return useMutation({
    mutationFn: async ({ code, isDefault, ...body }: PriorityInput & { code: string }) => {
      const change = { ...body, ...(isDefault ? { isDefault } : {}) };
      if (id) return unwrap(api.http.PATCH('/priorities/{id}', { params: { path: { id } }, body: change }));
      return unwrap(api.http.POST('/priorities', { body: { ...body, code } }));
    },
    onSuccess: refresh,
  });
}

export function useArchivePriority(id: string) {
  const refresh = useRefreshConfig();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) =>
      unwrap(
        api.http.PATCH('/priorities/{id}', { params: { path: { id } }, body: { isArchived: deed === 'archive' } }),
      ),
    onSuccess: refresh,
  });
}
