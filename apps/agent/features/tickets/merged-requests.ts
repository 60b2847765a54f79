import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Item } from './conversation.types';
import { mergesQuery } from './merges.queries';
import type { TicketView } from './tickets.types';

const NONE: Item[] = [];

/** What each merged ticket was registered with, to be read where it came in time. */
export function useMergedRequests(ticket: TicketView): Item[] {
  const { data } = useQuery({ ...mergesQuery(String(ticket.number)), enabled: ticket.merged !== null });
  return useMemo(() => {
    if (!data || ticket.merged === null) return NONE;
    return data
      .filter(({ undoneAt, from }) => undoneAt === null && from.id !== ticket.id)
      .map(({ id, from }): Item => ({
        kind: 'comment',
        id,
        at: from.createdAt,
        title: `№ ${from.number} ${from.subject}`,
        comment: {
          id,
          audience: ['client'],
          author: from.author,
          html: from.description,
          kind: 'comment',
          source: 'agent',
          createdAt: from.createdAt,
          visibleAt: from.createdAt,
          undoUntil: null,
          cc: [],
          files: [],
        },
      }));
  }, [data, ticket.id, ticket.merged]);
}

/** Both, oldest first. */
export const inTime = (items: Item[], more: Item[]): Item[] =>
  more.length === 0 ? items : [...items, ...more].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
