import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Approval = Schemas['ApprovalView'];
export type ApprovalRow = Schemas['ApprovalRowView'];
export type ApprovalPerson = Schemas['ApprovalPersonView'];
export type ApprovalState = ApprovalRow['state'];
export type ApprovalStage = Approval['stages'][number];
export type ApprovalStep = ApprovalStage['steps'][number];
export type RouteChoice = Approval['choice'];
export type ApprovalTask = Schemas['ApprovalTaskView'];
export type Decision = Schemas['DecideApproval']['decision'];
export const BOXES = ['inbox', 'mine', 'copies', 'all'] as const;
export type Box = (typeof BOXES)[number];

const pages = {
  initialPageParam: '',
  getNextPageParam: (last: { page: { next: string | null } }) => last.page.next,
};
const cursorOf = (cursor: string) => (cursor ? { cursor } : {});

export const approvalsQuery = (box: Box, q?: string, state?: ApprovalState) =>
  infiniteQueryOptions({
    queryKey: ['approvals', 'list', box, q ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/approvals', {
          params: { query: { box, ...(q && { q }), ...(state && { state: [state] }), ...cursorOf(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  });

export const approvalTasksQuery = (state: 'open' | 'done') =>
  infiniteQueryOptions({
    queryKey: ['approvals', 'tasks', state],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.http.GET('/approval-tasks', { params: { query: { state, ...cursorOf(pageParam) } }, signal })),
    ...pages,
  });

export const approvalCountsQuery = () =>
  queryOptions({
    queryKey: ['approvals', 'counts'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/approvals/counts', { signal })),
  });

/** One request with its stages, documents and what the person may do. Links to files live five minutes. */
export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/approvals/{id}', { params: { path: { id } }, signal })),
    refetchInterval: 4 * 60_000,
  });

export const ticketApprovalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', 'ticket', id],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/tickets/{id}/approvals', { params: { path: { id } }, signal }))).data,
  });

/** A change of one request: its new state is shown at once, lists and counters are asked again. */
function useChange<Input>(id: string, change: (input: Input) => Promise<Approval>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (approval) => queries.setQueryData(approvalQuery(id).queryKey, approval),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

const path = (id: string) => ({ params: { path: { id } } });

export const useDecide = (id: string) =>
  useChange(id, (body: Schemas['DecideApproval']) =>
    unwrap(api.http.POST('/approvals/{id}/decision', { ...path(id), body })),
  );

export const useResubmit = (id: string) =>
  useChange(id, (body: Schemas['ResubmitApproval']) =>
    unwrap(api.http.POST('/approvals/{id}/resubmit', { ...path(id), body })),
  );

export const useRecall = (id: string) =>
  useChange(id, (body: Schemas['RecallApproval']) =>
    unwrap(api.http.POST('/approvals/{id}/recall', { ...path(id), body })),
  );

export const useHandOver = (id: string) =>
  useChange(id, (body: Schemas['HandOverApproval']) =>
    unwrap(api.http.POST('/approvals/{id}/hand-over', { ...path(id), body })),
  );

export const useAddDocument = (id: string) =>
  useChange(id, async ({ file, kindId }: { file: File; kindId: string | null }) => {
    const { id: fileId } = await api.upload(file);
    return unwrap(api.http.POST('/approvals/{id}/documents', { ...path(id), body: { fileId, kindId } }));
  });

export function useRemoveDocument(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (documentId: string) =>
      unwrap(api.http.DELETE('/approvals/{id}/documents/{documentId}', { params: { path: { id, documentId } } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

export function useTaskDone() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, comment }: { id: string; comment?: string }) =>
      unwrap(api.http.POST('/approval-tasks/{id}/done', { ...path(id), body: { comment } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

/** The sheet needs the sign-in, so it comes as bytes and is saved from memory. */
export async function saveSheet(id: string, name: string): Promise<void> {
  const { data, error } = await api.http.GET('/approvals/{id}/sheet.pdf', { ...path(id), parseAs: 'blob' });
  if (error || !data) throw error ?? new Error('empty');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data as unknown as Blob);
  link.download = `${name}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
