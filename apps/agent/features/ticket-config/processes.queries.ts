import { loose } from '@/loose';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRefreshConfig } from './ticket-config.queries';

export type LocalText = { ru: string; en: string };
export type Status = {
  id: string;
  code: string;
  label: string;
  name: LocalText;
  clientName: LocalText;
  color: string;
  category: Schemas['StatusView']['category'];
  position: number;
  isFinal: boolean;
  x: number | null;
  y: number | null;
  isInherited: boolean;
};
export type GuardRef = { name: string; params: Record<string, unknown> };
export type Transition = {
  id: string;
  fromId: string;
  toId: string;
  name: LocalText | null;
  typeIds: string[] | null;
  roleCodes: string[] | null;
  requiresComment: boolean;
  availableForClient: boolean;
  position: number;
  guards: GuardRef[];
  isInherited: boolean;
};
export type ProcessProblem = {
  kind: string;
  statusId: string | null;
  transitionId: string | null;
  typeId: string | null;
  processId: string | null;
  message: string;
};
export type ProcessRow = {
  id: string;
  code: string;
  label: string;
  name: LocalText;
  initialStatusId: string;
  isDefault: boolean;
  baseId: string | null;
  version: number;
  revision: number;
  hasDraft: boolean;
};
/** What a process says itself; of a variant only what it hides and adds. */
export type Definition = {
  name: LocalText;
  initialStatusId: string | null;
  statuses: Status[];
  transitions: Transition[];
  hiddenStatusIds: string[];
  hiddenTransitionIds: string[];
};
/** A whole process: what its diagram is drawn from. */
export type Whole = {
  initialStatusId: string;
  statuses: Status[];
  transitions: Transition[];
  problems: ProcessProblem[];
};
export type Process = ProcessRow &
  Whole & {
    own: Definition;
    base: { id: string; label: string; initialStatusId: string; statuses: Status[]; transitions: Transition[] } | null;
    draft: (Whole & { definition: Definition; savedAt: string; savedBy: string }) | null;
  };
export type Check = { problems: ProcessProblem[]; moves: { statusId: string; name: string; tickets: number }[] };
export type Version = { number: number; note: string | null; publishedAt: string; publishedBy: string };
export type Guard = {
  name: string;
  label: string;
  params: {
    name: string;
    type: 'minutes' | 'number' | 'boolean' | 'choice';
    label: string;
    min: number | null;
    max: number | null;
    default: number | boolean | string | null;
    options: { value: string; label: string }[];
  }[];
};

const path = (id: string) => ({ path: { id } });

/** One process: its diagram, its table and its forms are all made of this answer. */
export const processQuery = (id: string) =>
  queryOptions({
    queryKey: ['processes', 'one', id],
    queryFn: ({ signal }) => unwrap(loose.GET<Process>('/processes/{id}', { params: path(id), signal })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['processes', 'versions', id],
    queryFn: async ({ signal }) =>
      (await unwrap(loose.GET<{ data: Version[] }>('/processes/{id}/versions', { params: path(id), signal }))).data,
  });

/** What a draft would break, and where its tickets would have to go. */
export const checkQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['processes', 'check', id, revision],
    queryFn: ({ signal }) => unwrap(loose.POST<Check>('/processes/{id}/check', { params: path(id), body: {}, signal })),
  });

export const guardsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['transition-guards', locale],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => (await unwrap(loose.GET<{ data: Guard[] }>('/transition-guards', { signal }))).data,
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
      unwrap(loose.POST<Process>('/processes', { body })),
    onSuccess: refresh,
  });
}

export const useMakeDefault = (id: string) =>
  useChange(id, () => unwrap(loose.PATCH<Process>('/processes/{id}', { params: path(id), body: { isDefault: true } })));

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
      loose.PUT<Process>('/processes/{id}/draft', {
        params: { ...path(id), header: { 'If-Match': `"${revision}"` } },
        body: draftBody(definition),
      }),
    ),
  );

export const useDropDraft = (id: string) =>
  useChange(id, () => unwrap(loose.DELETE<Process>('/processes/{id}/draft', { params: path(id) })));

export const usePublish = (id: string) =>
  useChange(id, (body: { note?: string; moves?: Record<string, string> }) =>
    unwrap(loose.POST<Process>('/processes/{id}/publish', { params: path(id), body })),
  );

export const useRestoreVersion = (id: string) =>
  useChange(id, (number: number) =>
    unwrap(loose.POST<Process>(`/processes/{id}/versions/${number}/restore`, { params: path(id) })),
  );
