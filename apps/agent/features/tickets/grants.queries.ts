import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ticketQuery } from './tickets.queries';

export type Grant = Schemas['GrantView'];
export type GrantKind = Grant['kind'];
type Subject = Pick<Grant, 'kind' | 'id'>;

/** Who was given sight of the ticket by name. */
export const grantsQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'grants'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/tickets/{id}/grants', { params: { path: { id: number } }, signal }))).data,
  });

const path = (id: string, { kind, id: subjectId }: Subject) => ({ path: { id, kind, subjectId } });

/** Gives sight until a moment; for somebody who has it, moves the moment. */
export function usePutGrant(number: string) {
  return useGrantChange(number, ({ expiresAt, ...subject }: Subject & { expiresAt: string }) =>
    unwrap(
      api.http.PUT('/tickets/{id}/grants/{kind}/{subjectId}', { params: path(number, subject), body: { expiresAt } }),
    ),
  );
}

export function useRemoveGrant(number: string) {
  return useGrantChange(number, (subject: Subject) =>
    unwrap(api.http.DELETE('/tickets/{id}/grants/{kind}/{subjectId}', { params: path(number, subject) })),
  );
}

function useGrantChange<Input, Answer>(number: string, change: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ticketQuery(number).queryKey }),
  });
}
