import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRefreshConfig } from './ticket-config.queries';

export type LocalText = { ru: string; en: string };
export type Status = Schemas['StatusView'];
export type Transition = Schemas['StatusTransitionView'];
export type GuardRef = Schemas['GuardRefView'];
export type ProcessProblem = Schemas['ProcessProblemView'];
export type ProcessRow = Schemas['ProcessRowView'];
export type Process = Schemas['ProcessView'];
/** What a process says itself; of a variant only what it hides and adds. */
export type Definition = Schemas['ProcessDefinitionView'];
/** A whole process: what its diagram is drawn from. */
export type Whole = Pick<Process, 'initialStatusId' | 'statuses' | 'transitions' | 'problems'>;
export type Check = Schemas['ProcessCheckView'];
export type Guard = Schemas['TransitionGuardView'];

const path = (id: string) => ({ path: { id } });

/** One process: its diagram, its table and its forms are all made of this answer. */
export const processQuery = (id: string) =>
  queryOptions({
    queryKey: ['processes', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/processes/{id}', { params: path(id), signal })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['processes', 'versions', id],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/processes/{id}/versions', { params: path(id), signal }))).data,
  });

/** What a draft would break, and where its tickets would have to go. */
export const checkQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['processes', 'check', id, revision],
    queryFn: ({ signal }) => unwrap(api.http.POST('/processes/{id}/check', { params: path(id), body: {}, signal })),
  });

export const guardsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['transition-guards', locale],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/transition-guards', { signal }))).data,
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
    mutationFn: (body: { code?: string; name: LocalText; copyOf?: string; baseId?: string }) =>
      unwrap(api.http.POST('/processes', { body })),
    onSuccess: refresh,
  });
}

export const useMakeDefault = (id: string) =>
  useChange(id, () => unwrap(api.http.PATCH('/processes/{id}', { params: path(id), body: { isDefault: true } })));

/** Only what the process says itself travels: what it inherits and what is told about it stays. */
export function draftBody({ statuses, transitions, ...rest }: Definition) {
  return {
    ...rest,
    statuses: statuses.map(({ label: _, isInherited: __, ...status }) => status),
    transitions: transitions.map(({ isInherited: _, ...transition }) => transition),
  };
}

/** Keeps the draft; the revision seen goes along, so that two people do not wipe out each other's work. */
export const useSaveDraft = (id: string) =>
  useChange(id, ({ definition, revision }: { definition: Definition; revision: number }) =>
    unwrap(
      api.http.PUT('/processes/{id}/draft', {
        params: { ...path(id), header: { 'If-Match': `"${revision}"` } } as never,
        body: draftBody(definition),
      }),
    ),
  );

export const useDropDraft = (id: string) =>
  useChange(id, () => unwrap(api.http.DELETE('/processes/{id}/draft', { params: path(id) })));

export const usePublish = (id: string) =>
  useChange(id, (body: { note?: string; moves?: Record<string, string> }) =>
    unwrap(api.http.POST('/processes/{id}/publish', { params: path(id), body })),
  );

export const useRestoreVersion = (id: string) =>
  useChange(id, (number: number) =>
    unwrap(api.http.POST('/processes/{id}/versions/{number}/restore', { params: { path: { id, number } } })),
  );
