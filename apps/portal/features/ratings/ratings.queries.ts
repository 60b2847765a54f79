import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';

export const SCORES = ['bad', 'normal', 'good'] as const;
/** The mark of a ticket, and until when it may be given or changed. */
export type TicketRating = Schemas['PortalRatingView'];
export type NewMark = Schemas['RateTicket'];
export type Score = NewMark['score'];

/** What a link from a mail is about; asking never records anything. */
export const linkedRatingQuery = (token: string) =>
  queryOptions({
    queryKey: ['ratings', 'link', token],
    queryFn: () => unwrap(api.http.GET('/portal/ratings/link/{token}', { params: { path: { token } } })),
    retry: false,
  });

export const ticketRatingQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['tickets', ticketId, 'rating'],
    queryFn: () => unwrap(api.http.GET('/portal/tickets/{id}/rating', { params: { path: { id: ticketId } } })),
  });

export function useRateByLink(token: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (mark: NewMark) => unwrap(api.http.POST('/portal/ratings/link', { body: { token, ...mark } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['ratings'] }),
  });
}

export function useRateTicket(ticketId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMark) =>
      unwrap(api.http.PUT('/portal/tickets/{id}/rating', { params: { path: { id: ticketId } }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
}
