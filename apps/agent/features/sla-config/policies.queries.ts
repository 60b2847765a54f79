import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Policy = Schemas['PolicyView'];
export type PolicyMetric = Policy['metrics'][number];
/** What is sent; every setting is told, also the usual ones. */
export type PolicyInput = Omit<Schemas['CreatePolicy'], 'metrics' | 'onChange'> & {
  metrics: PolicyMetric[];
  onChange: Policy['onChange'];
};

export const policiesQuery = () =>
  queryOptions({
    queryKey: ['sla-policies', 'all'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/policies', { signal }))).data,
  });

export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['sla-policies', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/sla/policies/{id}', { params: { path: { id } }, signal })),
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['sla-policies'] });
    void queries.invalidateQueries({ queryKey: ['tickets'] });
  };
}

export function useSavePolicy(policy: Policy | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: PolicyInput) =>
      policy
        ? unwrap(
            api.http.PATCH('/sla/policies/{id}', {
              params: { path: { id: policy.id }, header: { 'If-Match': `"${policy.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/sla/policies', { body })),
    onSuccess,
  });
}

export function useDeletePolicy(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/sla/policies/{id}', { params: { path: { id } } })),
    onSuccess,
  });
}

/** The order is on the screen at once; a refusal puts the old one back. */
export function useOrderPolicies() {
  const queries = useQueryClient();
  const key = policiesQuery().queryKey;
  return useMutation({
    mutationFn: (policies: Policy[]) =>
      unwrap(api.http.PUT('/sla/policies/order', { body: { ids: policies.map(({ id }) => id) } })),
    onMutate: async (policies) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData(key);
      queries.setQueryData(key, policies);
      return { before };
    },
    onError: (_error, _policies, context) => queries.setQueryData(key, context?.before),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['sla-policies'] }),
  });
}
