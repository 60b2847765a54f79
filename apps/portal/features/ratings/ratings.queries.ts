import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '@opora/client';
import { api } from '@/api';

export const SCORES = ['bad', 'normal', 'good'] as const;
export type Score = (typeof SCORES)[number];
export type Mark = { score: Score; comment: string | null; changedAt: string };
/** The mark of a ticket, and until when it may be given or changed. */
export type TicketRating = {
  ticketNumber: number;
  ticketSubject: string;
  rating: Mark | null;
  canRate: boolean;
  until: string | null;
};
export type NewMark = { score: Score; comment?: string };

/** What a link from a mail is about; asking never records anything. */
export const linkedRatingQuery = (token: string) =>
  queryOptions({
    queryKey: ['ratings', 'link', token],
    queryFn: (): Promise<TicketRating> =>
      unwrap(api.http.GET('/portal/ratings/link/{token}', { params: { path: { token } } })),
    retry: false,
  });

export const ticketRatingQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['tickets', ticketId, 'rating'],
    queryFn: (): Promise<TicketRating> =>
      unwrap(api.http.GET('/portal/tickets/{id}/rating', { params: { path: { id: ticketId } } })),
  });

export function useRateByLink(token: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (mark: NewMark): Promise<TicketRating> =>
      unwrap(api.http.POST('/portal/ratings/link', { body: { token, ...mark } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['ratings'] }),
  });
}

export function useRateTicket(ticketId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMark): Promise<TicketRating> =>
      unwrap(api.http.PUT('/portal/tickets/{id}/rating', { params: { path: { id: ticketId } }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
}
