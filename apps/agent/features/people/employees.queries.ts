import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Employee = Schemas['EmployeeView'];
export type EmployeeInput = Schemas['CreateEmployee'] & Pick<Schemas['UpdateEmployee'], 'isActive'>;
export type EmployeeState = 'active' | 'inactive' | 'archived' | 'all';
export type EmployeeFilter = { q?: string; state?: EmployeeState; roleId?: string; teamId?: string };

const PAGE = 100;

export const employeesQuery = (filter: EmployeeFilter) =>
  infiniteQueryOptions({
    queryKey: ['employees', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/employees', {
          params: { query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const employeeQuery = (id: string) =>
  queryOptions({
    queryKey: ['employees', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/employees/{id}', { params: { path: { id } }, signal })),
  });

export function useSaveEmployee(id: string | null) {
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: async ({
      isActive,
      ...input
    }: EmployeeInput): Promise<{ employee: Employee; issuedPassword?: string }> => {
      if (!id) return unwrap(api.http.POST('/employees', { body: input }));
      const body = { ...input, ...(isActive === undefined ? {} : { isActive }) };
      return { employee: await unwrap(api.http.PATCH('/employees/{id}', { params: { path: { id } }, body })) };
    },
    onSuccess: refresh,
  });
}

export type EmployeeDeed = 'archive' | 'restore' | 'reset-password' | 'reset-totp';

/** What is done to a person besides changing fields; only a new password answers with something to show. */
export function useEmployeeDeed(id: string) {
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: async (deed: EmployeeDeed): Promise<string | null> => {
      const params = { path: { id } };
      if (deed === 'reset-password')
        return (await unwrap(api.http.POST('/employees/{id}/reset-password', { params }))).issuedPassword;
      if (deed === 'archive') await unwrap(api.http.POST('/employees/{id}/archive', { params }));
      if (deed === 'restore') await unwrap(api.http.POST('/employees/{id}/restore', { params }));
      if (deed === 'reset-totp') await unwrap(api.http.POST('/employees/{id}/reset-totp', { params }));
      return null;
    },
    onSuccess: refresh,
  });
}

/** A person stands in lists, teams and pickers. */
export function useRefreshPeople() {
  const queries = useQueryClient();
  return () => {
    for (const noun of ['employees', 'teams', 'roles', 'directory'])
      void queries.invalidateQueries({ queryKey: [noun] });
  };
}
