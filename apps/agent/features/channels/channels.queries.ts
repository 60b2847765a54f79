import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

type Entry = { id: string; name: string; hint?: string | null };

/** Tickets by number or words, the latest first. */
export const ticketsToAttachQuery = (q: string) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'picker', q],
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(
        api.http.GET('/tickets', { params: { query: { limit: 20, sort: '-updatedAt', ...(q ? { q } : {}) } }, signal }),
      );
      return data.map(({ id, number, subject, company }) => ({
        id,
        name: `№ ${number} · ${subject}`,
        hint: company?.name ?? null,
      }));
    },
  });

/** Types a mailbox may open tickets with. */
export const typesToOpenQuery = () =>
  queryOptions({
    queryKey: ['ticket-types', 'for-mailboxes'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/ticket-types', { signal }))).data.filter(({ archivedAt }) => !archivedAt),
  });
