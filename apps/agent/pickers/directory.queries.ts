import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

export type Entry = { id: string; name: string; hint?: string | null };
type Found<T> = { data: T[] };

const STALE = 60_000;
const clean = (query: Record<string, string | undefined>) => Object.fromEntries(Object.entries({ ...query, limit: '20' }).filter(([, value]) => value));

export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['directory', 'people', q],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap<Found<{ id: string; name: string; email: string }>>(api.http.GET('/directory/people', { params: { query: clean({ q }) }, signal }));
      return data.map(({ id, name, email }) => ({ id, name, hint: email }));
    },
  });

export type TeamEntry = Entry & { line: number };
export const teamsQuery = () =>
  queryOptions({
    queryKey: ['directory', 'teams'],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<TeamEntry[]> => {
      const { data } = await unwrap<Found<{ id: string; name: string; line: number }>>(api.http.GET('/directory/teams', { signal }));
      return data.map(({ id, name, line }) => ({ id, name, line }));
    },
  });

export const companiesQuery = (q: string) =>
  queryOptions({
    queryKey: ['directory', 'companies', q],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => (await unwrap<Found<Entry>>(api.http.GET('/directory/companies', { params: { query: clean({ q }) }, signal }))).data,
  });

export const contactsQuery = (q: string, companyId?: string) =>
  queryOptions({
    queryKey: ['directory', 'contacts', q, companyId ?? null],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => (await unwrap<Found<Entry>>(api.http.GET('/directory/contacts', { params: { query: clean({ q, companyId }) }, signal }))).data,
  });

export const objectsQuery = (q: string, companyId?: string) =>
  queryOptions({
    queryKey: ['directory', 'objects', q, companyId ?? null],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => (await unwrap<Found<Entry>>(api.http.GET('/directory/objects', { params: { query: clean({ q, companyId }) }, signal }))).data,
  });
