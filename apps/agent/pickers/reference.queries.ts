import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';
import type { Entry } from './directory.queries';

const STALE = 5 * 60_000;
const EVERYBODY = 200;

/** What an id of a company, a contact, an object, an employee or a ticket is called; null when one may not know. */
export const referenceQuery = (reference: string, id: string) =>
  queryOptions({
    queryKey: ['reference', reference, id],
    staleTime: STALE,
    retry: false,
    queryFn: async ({ signal }): Promise<Entry | null> => {
      const named = await nameOf(reference, id, signal).catch(() => null);
      return named ? { id, name: named } : null;
    },
  });

async function nameOf(reference: string, id: string, signal: AbortSignal): Promise<string | null> {
  const params = { path: { id } };
  switch (reference) {
    case 'company':
      return (await unwrap(api.http.GET('/companies/{id}', { params, signal }))).name;
    case 'contact':
      return (await unwrap(api.http.GET('/contacts/{id}', { params, signal }))).name;
    case 'object':
      return (await unwrap(api.http.GET('/service-objects/{id}', { params, signal }))).name;
    case 'employee': {
      const query = { limit: EVERYBODY };
      const { data } = await unwrap(api.http.GET('/directory/people', { params: { query }, signal }));
      const found = data.find((person) => person.id === id);
      return found?.name ?? (await unwrap(api.http.GET('/employees/{id}', { params, signal }))).name;
    }
    case 'ticket': {
      const { number, subject } = await unwrap(api.http.GET('/tickets/{id}', { params, signal }));
      return `${number} ${subject}`;
    }
    default:
      return null;
  }
}

/** Tickets by number or words. */
export const ticketsByWordsQuery = (q: string) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'picker', q],
    staleTime: 30_000,
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const query = { limit: 20, sort: '-updatedAt' as const, ...(q ? { q } : {}) };
      const { data } = await unwrap(api.http.GET('/tickets', { params: { query }, signal }));
      return data.map(({ id, number, subject, status, company }) => ({
        id,
        name: `${number} ${subject}`,
        hint: [status.name, company?.name].filter(Boolean).join(' · '),
      }));
    },
  });
