import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';

export type ApprovalRow = Schemas['PortalApprovalRowView'];
export type Approval = Schemas['PortalApprovalView'];
export type LinkApproval = Schemas['LinkApprovalView'];
export type ApprovalDocument = Approval['documents'][number];
export type Decision = LinkApproval['decisions'][number];
export type NewDecision = { decision: Decision; comment?: string };
export type ListState = 'open' | 'done';

// Links to files live five minutes.
const LINKS_LIVE = { refetchInterval: 4 * 60_000 };

/** What a link from a mail asks; reading it decides nothing. */
export const linkedApprovalQuery = (token: string) =>
  queryOptions({
    queryKey: ['approvals', 'link', token],
    queryFn: () => unwrap(api.http.GET('/approvals/link/{token}', { params: { path: { token } } })),
    retry: false,
    refetchOnWindowFocus: false,
  });

export const approvalListQuery = (state: ListState) =>
  infiniteQueryOptions({
    queryKey: ['approvals', 'list', state],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.http.GET('/portal/approvals', { params: { query: { state, cursor: pageParam ?? undefined, limit: 30 } } }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
    placeholderData: keepPreviousData,
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', id],
    queryFn: () => unwrap(api.http.GET('/portal/approvals/{id}', { params: { path: { id } } })),
    ...LINKS_LIVE,
  });

/** How many decisions wait for me. */
export const approvalCountsQuery = queryOptions({
  queryKey: ['approvals', 'counts'],
  queryFn: () => unwrap(api.http.GET('/portal/approvals/counts')),
});

export const useDecideByLink = (token: string) =>
  useMutation({
    mutationFn: (body: NewDecision & { confirmation: string }) =>
      unwrap(api.http.POST('/approvals/link/{token}/decision', { params: { path: { token } }, body })),
  });

export function useDecide(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDecision) =>
      unwrap(api.http.POST('/portal/approvals/{id}/decision', { params: { path: { id } }, body })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['approvals'] }),
  });
}
