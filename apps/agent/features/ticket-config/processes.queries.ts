import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRefreshConfig } from './ticket-config.queries';

export type ProcessRow = Schemas['ProcessRowView'];
export type Process = Schemas['ProcessView'];
export type Status = Schemas['StatusView'];
export type Transition = Schemas['StatusTransitionView'];
export type StatusInput = Omit<Schemas['CreateStatus'], 'code'>;
export type TransitionInput = Schemas['CreateTransition'];

/** One process: its diagram, its table and its forms are all made of this answer. */
export const processQuery = (id: string) =>
  queryOptions({
    queryKey: ['processes', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/processes/{id}', { params: { path: { id } }, signal })),
  });

/** Every change answers the whole process, so the screen has it at once. */
function useChange<Input>(id: string, change: (input: Input) => Promise<Process>) {
  const queries = useQueryClient();
  const refresh = useRefreshConfig();
  return useMutation({
    mutationFn: change,
    onSuccess: (process) => {
      queries.setQueryData(processQuery(id).queryKey, process);
      refresh();
    },
  });
}

export function useCreateProcess() {
  const refresh = useRefreshConfig();
  return useMutation({
    mutationFn: (body: Schemas['CreateProcess']) => unwrap(api.http.POST('/processes', { body })),
    onSuccess: refresh,
  });
}

export const useUpdateProcess = (id: string) =>
  useChange(id, (body: Schemas['UpdateProcess']) =>
    unwrap(api.http.PATCH('/processes/{id}', { params: { path: { id } }, body })),
  );

export const useSaveStatus = (id: string, partId: string | null) =>
  useChange(id, ({ code, ...body }: StatusInput & { code: string }) =>
    partId
      ? unwrap(api.http.PATCH('/processes/{id}/statuses/{partId}', { params: { path: { id, partId } }, body }))
      : unwrap(api.http.POST('/processes/{id}/statuses', { params: { path: { id } }, body: { ...body, code } })),
  );

export const useRemoveStatus = (id: string) =>
  useChange(id, (partId: string) =>
    unwrap(api.http.DELETE('/processes/{id}/statuses/{partId}', { params: { path: { id, partId } } })),
  );

export const useSaveTransition = (id: string, partId: string | null) =>
  useChange(id, ({ fromId, toId, ...body }: TransitionInput) =>
    partId
      ? unwrap(api.http.PATCH('/processes/{id}/transitions/{partId}', { params: { path: { id, partId } }, body }))
      : unwrap(
          api.http.POST('/processes/{id}/transitions', { params: { path: { id } }, body: { ...body, fromId, toId } }),
        ),
  );

export const useRemoveTransition = (id: string) =>
  useChange(id, (partId: string) =>
    unwrap(api.http.DELETE('/processes/{id}/transitions/{partId}', { params: { path: { id, partId } } })),
  );
