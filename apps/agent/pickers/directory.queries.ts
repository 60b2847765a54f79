import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

/** `companies` is there for contacts only. */
export type Entry = {
  id: string;
  name: string;
  hint?: string | null;
  companies?: { id: string; name: string }[];
};
export type TeamEntry = Schemas['DirectoryTeam'];

const STALE = 60_000;
const LIMIT = 20;
/** An empty search lists the first ones. */
const words = (q: string, companyId?: string) => ({
  limit: LIMIT,
  ...(q ? { q } : {}),
  ...(companyId ? { companyId } : {}),
});

export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['directory', 'people', q],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(api.http.GET('/directory/people', { params: { query: words(q) }, signal }));
      return data.map(({ id, name, email }) => ({ id, name, hint: email }));
    },
  });

export const teamsQuery = () =>
  queryOptions({
    queryKey: ['directory', 'teams'],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<TeamEntry[]> =>
      (await unwrap(api.http.GET('/directory/teams', { params: { query: { limit: 200 } }, signal }))).data,
  });

export const companiesQuery = (q: string) =>
  queryOptions({
    queryKey: ['directory', 'companies', q],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(api.http.GET('/directory/companies', { params: { query: words(q) }, signal }));
      return data.map(({ id, name, additionalName, inn }) => ({
        id,
        name,
        hint: [additionalName, inn].filter(Boolean).join(' · '),
      }));
    },
  });

export const contactsQuery = (q: string, companyId?: string) =>
  queryOptions({
    queryKey: ['directory', 'contacts', q, companyId ?? null],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(
        api.http.GET('/directory/contacts', { params: { query: words(q, companyId) }, signal }),
      );
      return data.map(({ id, name, companies, email, phone }) => ({
        id,
        name,
        companies,
        hint: [...companies.map((company) => company.name), email, phone].filter(Boolean).join(' · '),
      }));
    },
  });

export const objectsQuery = (q: string, companyId?: string) =>
  queryOptions({
    queryKey: ['directory', 'objects', q, companyId ?? null],
    staleTime: STALE,
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { data } = await unwrap(
        api.http.GET('/directory/objects', { params: { query: words(q, companyId) }, signal }),
      );
      return data.map(({ id, name, ancestors }) => ({
        id,
        name,
        hint: ancestors.map((ancestor) => ancestor.name).join(' › '),
      }));
    },
  });
