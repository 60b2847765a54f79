import { api } from '@/api';
import { everyPage } from '@/directory/every-page';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { useRefreshPeople } from './employees.queries';

export type Role = Schemas['RoleView'];
export type RoleScope = Role['scope'];
export type PermissionGroup = Schemas['PermissionGroupView'];

export const rolesQuery = () =>
  queryOptions({
    queryKey: ['roles', 'all'],
    queryFn: ({ signal }) => everyPage((query) => unwrap(api.http.GET('/roles', { params: { query }, signal }))),
  });

export const roleQuery = (id: string) =>
  queryOptions({
    queryKey: ['roles', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/roles/{id}', { params: { path: { id } }, signal })),
  });

/** Every permission of the product with its label in the language of the screen. */
export const permissionsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['permissions', locale],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/permissions', { signal }))).data,
  });

/** Client categories a role may be limited to. */
export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['company-categories'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/company-categories', { signal })),
  });

export function useSaveRole(id: string | null) {
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: (body: Schemas['CreateRole']) =>
      id
        ? unwrap(api.http.PATCH('/roles/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/roles', { body })),
    onSuccess: refresh,
  });
}

export function useDeleteRole(id: string) {
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/roles/{id}', { params: { path: { id } } })),
    onSuccess: refresh,
  });
}
