import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';
import type { Rights } from '@/session';

export type Colleague = Schemas['PortalPersonView'];
/** What an administrator gives: rights, and the objects they are limited to (none: the whole company). */
export type Given = Rights & { objectIds: string[] };

export const colleaguesQuery = (companyId: string) =>
  infiniteQueryOptions({
    queryKey: ['people', companyId],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.http.GET('/portal/people', { params: { query: { companyId, cursor: pageParam ?? undefined, limit: 50 } } }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
    placeholderData: keepPreviousData,
  });

export const useInvite = () =>
  usePeopleChange((body: Schemas['InvitePortalPerson']) => unwrap(api.http.POST('/portal/people', { body })));

export const useChangeRights = () =>
  usePeopleChange(({ id, ...body }: Given & { id: string }) =>
    unwrap(api.http.PATCH('/portal/people/{id}', { params: { path: { id } }, body })),
  );

export const useRemove = () =>
  usePeopleChange((id: string) => unwrap(api.http.DELETE('/portal/people/{id}', { params: { path: { id } } })));

function usePeopleChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  const onSuccess = () =>
    Promise.all([cache.invalidateQueries({ queryKey: ['people'] }), cache.invalidateQueries({ queryKey: ['me'] })]);
  return useMutation({ mutationFn, onSuccess });
}
