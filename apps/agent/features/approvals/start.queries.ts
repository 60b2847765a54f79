import { api } from '@/api';
import type { Entry } from '@/pickers/directory.queries';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type StartApproval = Schemas['StartApproval'];
export type ApprovalPlan = Schemas['ApprovalPlanView'];

export const approvalKindsQuery = () =>
  queryOptions({
    queryKey: ['approvals', 'kinds'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/approval-kinds', { signal }))).data,
  });

export const documentKindsQuery = () =>
  queryOptions({
    queryKey: ['approvals', 'document-kinds'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/approval-document-kinds', { signal }))).data,
  });

export const approvalSettingsQuery = () =>
  queryOptions({
    queryKey: ['approvals', 'settings'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/approval-settings', { signal })),
  });

/** Which way the request would go; nothing is written. */
export const planQuery = (body: Schemas['PlanApproval']) =>
  queryOptions({
    queryKey: ['approvals', 'plan', body],
    queryFn: ({ signal }) => unwrap(api.http.POST('/approvals/preview', { body, signal })),
    enabled: !!body.kindId,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Approved requests another may stand on. */
export const referencesQuery = (q: string) =>
  queryOptions({
    queryKey: ['approvals', 'references', q],
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(
        api.http.GET('/approval-references', { params: { query: q ? { q } : {} }, signal }),
      );
      return data.map(({ id, number, title }) => ({ id, name: `${number} ${title}` }));
    },
  });

export function useStart() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: StartApproval) => unwrap(api.http.POST('/approvals', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
}
