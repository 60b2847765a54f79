import { api } from '@/api';
import type { ArchiveDeed } from '@/directory/archive-button';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Company = Schemas['CompanyView'];
export type CompanyPatch = Schemas['UpdateCompany'];
export type ArchiveState = 'active' | 'archived' | 'all';
export type CompanyFilter = { q?: string; state?: ArchiveState; categoryId?: string };
export type Category = Schemas['CategoryView'];
/** A company that may be the same one, and by what it looks so. */
export type Duplicate = { id: string; name: string; inn: string | null; archivedAt: string | null; sameBy: string[] };

export const companiesQuery = (filter: CompanyFilter) =>
  infiniteQueryOptions({
    queryKey: ['companies', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/companies', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: ['companies', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/companies/{id}', { params: { path: { id } }, signal })),
  });

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['company-categories'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/company-categories', { signal })),
  });

/** The client's last tickets. */
export const lastTicketsQuery = (q: string) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'of-client', q],
    queryFn: ({ signal }) =>
      unwrap(api.http.GET('/tickets', { params: { query: { q, limit: 6, sort: '-updatedAt' } }, signal })),
  });

export function useCreateCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateCompany']) => unwrap(api.http.POST('/companies', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['companies'] }),
  });
}

/** Writes fields over the version that was on the screen. */
export const patchCompany = (id: string, version: number, body: CompanyPatch) =>
  unwrap(api.http.PATCH('/companies/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body }));

export function useArchiveCompany(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) => {
      const params = { path: { id } };
      return unwrap(
        deed === 'archive'
          ? api.http.POST('/companies/{id}/archive', { params })
          : api.http.POST('/companies/{id}/restore', { params }),
      );
    },
    onSuccess: (company) => {
      queries.setQueryData(companyQuery(id).queryKey, company);
      void queries.invalidateQueries({ queryKey: ['companies', 'list'] });
    },
  });
}

export function useSaveCategory(id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateCategory']) =>
      id
        ? unwrap(api.http.PATCH('/company-categories/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/company-categories', { body })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['company-categories'] });
      void queries.invalidateQueries({ queryKey: ['companies'] });
    },
  });
}
