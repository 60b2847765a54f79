import { api } from '@/api';
import type { ArchiveDeed } from '@/directory/archive-button';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ArchiveState } from './companies.queries';

export type Contact = Schemas['ContactView'];
export type ContactPatch = Schemas['UpdateContact'];
export type Membership = Schemas['MembershipView'];
export type MembershipInput = Schemas['MembershipFields'];
export type ContactFilter = { q?: string; state?: ArchiveState; companyId?: string };

export const contactsQuery = (filter: ContactFilter) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/contacts', {
          params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/contacts/{id}', { params: { path: { id } }, signal })),
  });

export const patchContact = (id: string, version: number, body: ContactPatch) =>
  unwrap(api.http.PATCH('/contacts/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body }));

function useContactRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const noun of ['contacts', 'companies']) void queries.invalidateQueries({ queryKey: [noun] });
  };
}

export function useCreateContact() {
  const refresh = useContactRefresh();
  return useMutation({
    mutationFn: (body: Schemas['CreateContact']) => unwrap(api.http.POST('/contacts', { body })),
    onSuccess: refresh,
  });
}

export function useArchiveContact(id: string) {
  const refresh = useContactRefresh();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) => {
      const params = { path: { id } };
      return unwrap(
        deed === 'archive'
          ? api.http.POST('/contacts/{id}/archive', { params })
          : api.http.POST('/contacts/{id}/restore', { params }),
      );
    },
    onSuccess: refresh,
  });
}

export function useSetMembership(id: string) {
  const refresh = useContactRefresh();
  return useMutation({
    mutationFn: ({ companyId, ...body }: MembershipInput & { companyId: string }) =>
      unwrap(api.http.PUT('/contacts/{id}/memberships/{companyId}', { params: { path: { id, companyId } }, body })),
    onSuccess: refresh,
  });
}

export function useRemoveMembership(id: string) {
  const refresh = useContactRefresh();
  return useMutation({
    mutationFn: (companyId: string) =>
      unwrap(api.http.DELETE('/contacts/{id}/memberships/{companyId}', { params: { path: { id, companyId } } })),
    onSuccess: refresh,
  });
}

export function useInvite(id: string) {
  const refresh = useContactRefresh();
  return useMutation({
    mutationFn: (method: 'link' | 'password') =>
      unwrap(api.http.POST('/contacts/{id}/invite', { params: { path: { id } }, body: { method } })),
    onSuccess: refresh,
    gcTime: 0,
  });
}
