import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Reason = Schemas['ExcuseReasonView'];
type ReasonInput = { name: { ru: string; en: string }; isArchived?: boolean };

export const reasonsQuery = () =>
  queryOptions({
    queryKey: ['sla', 'excuse-reasons', 'all'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/excuse-reasons', { signal }))).data,
  });

export function useSaveReason(id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ReasonInput) =>
      id
        ? unwrap(api.http.PATCH('/sla/excuse-reasons/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/sla/excuse-reasons', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['sla', 'excuse-reasons'] }),
  });
}
