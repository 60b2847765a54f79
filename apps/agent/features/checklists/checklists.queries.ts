import { api, useMe } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';

export type Checklist = Schemas['ChecklistView'];
export type Item = Schemas['ChecklistItemView'];
export type Mark = Schemas['ChecklistMarkView'];
export type ItemInput = Schemas['CreateChecklistItem'];
export type NewMark = Pick<Schemas['MarkOfMany'], 'itemId'> & {
  subjectId: string | null;
  state: Mark['state'] | null;
  result?: string | number | null;
  fileIds?: string[];
  reason?: string;
};

/** Below the ticket's own key: news of the ticket refresh it. */
export const checklistsQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', ticket, 'checklists'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/tickets/{id}/checklists', { params: { path: { id: ticket } }, signal }))).data,
  });

const put = (queries: QueryClient, ticket: string, id: string, change: (list: Checklist) => Checklist) =>
  queries.setQueryData(checklistsQuery(ticket).queryKey, (lists) =>
    lists?.map((list) => (list.id === id ? change(list) : list)),
  );

/** The checklist with these cells ticked or cleared. */
export function withMarks(list: Checklist, changed: readonly NewMark[], written: readonly Mark[]): Checklist {
  const touched = new Set(changed.map(({ itemId, subjectId }) => `${itemId} ${subjectId}`));
  const kept = list.marks.filter(({ itemId, subjectId }) => !touched.has(`${itemId} ${subjectId}`));
  const marks = [...kept, ...written];
  const required = new Set(list.items.filter(({ isRequired }) => isRequired).map(({ id }) => id));
  return {
    ...list,
    marks,
    progress: {
      ...list.progress,
      done: marks.length,
      requiredDone: marks.filter(({ itemId }) => required.has(itemId)).length,
    },
  };
}

/** Ticks cells: at once on the screen, then on the server; a refusal puts them back. */
export function useMark(ticket: string, id: string) {
  const queries = useQueryClient();
  const me = useMe();
  const { queryKey } = checklistsQuery(ticket);
  return useMutation({
    scope: { id: `checklist-${id}` },
    mutationFn: (marks: NewMark[]) =>
      unwrap(api.http.PUT('/checklists/{id}/marks', { params: { path: { id } }, body: { marks } })),
    onMutate: async (marks) => {
      await queries.cancelQueries({ queryKey });
      const at = new Date().toISOString();
      const guessed = marks.flatMap(({ itemId, subjectId, state, result = null, reason = '' }): Mark[] =>
        state
          ? [
              {
                itemId,
                subjectId,
                state,
                result,
                reason,
                files: [],
                by: { kind: 'employee', id: me.id, name: me.name },
                at,
              },
            ]
          : [],
      );
      put(queries, ticket, id, (list) => withMarks(list, marks, guessed));
    },
    onSuccess: ({ marks }, asked) => put(queries, ticket, id, (list) => withMarks(list, asked, marks)),
    onError: () => void queries.invalidateQueries({ queryKey }),
  });
}

/** Every change of the structure answers the whole checklist. */
function useChange<Input>(ticket: string, change: (input: Input) => Promise<Checklist>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (list) => put(queries, ticket, list.id, () => list),
  });
}

export const useAddItem = (ticket: string, id: string) =>
  useChange(ticket, (body: ItemInput) =>
    unwrap(api.http.POST('/checklists/{id}/items', { params: { path: { id } }, body })),
  );

export const useUpdateItem = (ticket: string, { id, version }: Pick<Item, 'id' | 'version'>) =>
  useChange(ticket, (body: Schemas['UpdateChecklistItem']) =>
    unwrap(
      api.http.PATCH('/checklist-items/{id}', {
        params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        body,
      }),
    ),
  );

export const useRemoveItem = (ticket: string) =>
  useChange(ticket, (id: string) => unwrap(api.http.DELETE('/checklist-items/{id}', { params: { path: { id } } })));

export const useUpdateChecklist = (ticket: string, { id, version }: Pick<Checklist, 'id' | 'version'>) =>
  useChange(ticket, (body: Schemas['UpdateChecklist']) =>
    unwrap(
      api.http.PATCH('/checklists/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } }, body }),
    ),
  );

export function useCreateChecklist(ticket: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateChecklist']) =>
      unwrap(api.http.POST('/tickets/{id}/checklists', { params: { path: { id: ticket } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tickets', 'one', ticket] }),
  });
}

export function useRemoveChecklist(ticket: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.DELETE('/checklists/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tickets', 'one', ticket] }),
  });
}
