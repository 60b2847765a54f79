import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type IntakeMail = Schemas['IntakeView'];
export type IntakeState = IntakeMail['state'];
export type IntakeFilter = { state?: IntakeState[]; q?: string };
export type Decision = Schemas['DecideIntake'];

const PAGE = 100;

export const intakeQuery = (filter: IntakeFilter) =>
  infiniteQueryOptions({
    queryKey: ['intake', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/intake', {
          params: { query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** How many mails stand in each state. */
export const intakeCountsQuery = () =>
  queryOptions({
    queryKey: ['intake', 'counts'],
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.http.GET('/intake/counts', { signal }));
      return new Map(data.map(({ state, count }) => [state, count]));
    },
  });

export const intakeMailQuery = (id: string) =>
  queryOptions({
    queryKey: ['intake', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/intake/{id}', { params: { path: { id } }, signal })),
  });

function useIntakeChange<Input>(id: string, change: (input: Input) => Promise<IntakeMail>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (mail) => {
      queries.setQueryData(intakeMailQuery(id).queryKey, mail);
      void queries.invalidateQueries({ queryKey: ['intake'] });
    },
  });
}

export const useDecide = (id: string) =>
  useIntakeChange(id, (body: Decision) =>
    unwrap(api.http.POST('/intake/{id}/decide', { params: { path: { id } }, body })),
  );

export const useReplay = (id: string) =>
  useIntakeChange(id, () => unwrap(api.http.POST('/intake/{id}/replay', { params: { path: { id } } })));

/** Saves the mail as it came, byte for byte. */
export function useDownloadRaw(id: string) {
  return useMutation({
    mutationFn: async () => {
      const bytes = await unwrap(api.http.GET('/intake/{id}/raw', { params: { path: { id } }, parseAs: 'blob' }));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(bytes as unknown as Blob);
      link.download = `${id}.eml`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
}
