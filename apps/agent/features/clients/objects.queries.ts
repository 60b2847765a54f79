import { api } from '@/api';
import type { ArchiveDeed } from '@/directory/archive-button';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ArchiveState } from './companies.queries';

export type ObjectNode = Schemas['ObjectNodeView'];
export type ServiceObject = Schemas['ServiceObjectView'];
export type ObjectPatch = Schemas['UpdateServiceObject'];
export type ObjectKind = ServiceObject['kind'];
export const OBJECT_KINDS: ObjectKind[] = ['directorate', 'site', 'shop', 'building', 'room', 'vehicle', 'other'];

export const objectTreeQuery = (companyId: string, state: ArchiveState) =>
  queryOptions({
    queryKey: ['service-objects', 'tree', companyId, state],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.http.GET('/companies/{id}/object-tree', {
            params: { path: { id: companyId }, query: { state } },
            signal,
          }),
        )
      ).data,
  });

export const objectQuery = (id: string) =>
  queryOptions({
    queryKey: ['service-objects', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/service-objects/{id}', { params: { path: { id } }, signal })),
  });

export const patchObject = (id: string, version: number, body: ObjectPatch) =>
  unwrap(
    api.http.PATCH('/service-objects/{id}', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      body,
    }),
  );

function useObjectRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const noun of ['service-objects', 'companies']) void queries.invalidateQueries({ queryKey: [noun] });
  };
}

export function useCreateObject() {
  const refresh = useObjectRefresh();
  return useMutation({
    mutationFn: (body: Schemas['CreateServiceObject']) => unwrap(api.http.POST('/service-objects', { body })),
    onSuccess: refresh,
  });
}

export function useMoveObject(id: string) {
  const refresh = useObjectRefresh();
  return useMutation({
    mutationFn: (parentId: string | null) =>
      unwrap(api.http.POST('/service-objects/{id}/move', { params: { path: { id } }, body: { parentId } })),
    onSuccess: refresh,
  });
}

export function useArchiveObject(id: string) {
  const refresh = useObjectRefresh();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) => {
      const params = { path: { id } };
      return unwrap(
        deed === 'archive'
          ? api.http.POST('/service-objects/{id}/archive', { params })
          : api.http.POST('/service-objects/{id}/restore', { params }),
      );
    },
    onSuccess: refresh,
  });
}
