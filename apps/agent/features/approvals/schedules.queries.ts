import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Schedule = Schemas['ApprovalScheduleView'];

export const schedulesQuery = () =>
  infiniteQueryOptions({
    queryKey: ['approval-schedules'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/approval-schedules', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (last: { page: { next: string | null } }) => last.page.next,
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['approval-schedules'] });
}

export function useSaveSchedule(id: string | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['CreateApprovalSchedule']) =>
      id
        ? unwrap(api.http.PATCH('/approval-schedules/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/approval-schedules', { body })),
    onSuccess,
  });
}

export function useDeleteSchedule(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/approval-schedules/{id}', { params: { path: { id } } })),
    onSuccess,
  });
}
