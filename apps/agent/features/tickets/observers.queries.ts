import { api } from '@/api';
import { unwrap } from '@opora/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ticketQuery } from './tickets.queries';
import type { Observer } from './tickets.types';

type Change = Pick<Observer, 'kind' | 'id'> & { isOn: boolean };

/** Puts somebody among the observers, or takes him off. */
export function useObserver(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, id, isOn }: Change) => {
      const params = { path: { id: number, kind, subjectId: id } };
      return isOn
        ? unwrap(api.http.PUT('/tickets/{id}/observers/{kind}/{subjectId}', { params }))
        : unwrap(api.http.DELETE('/tickets/{id}/observers/{kind}/{subjectId}', { params }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ticketQuery(number).queryKey }),
  });
}
