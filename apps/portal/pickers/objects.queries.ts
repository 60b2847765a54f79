import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';

export type PortalObject = Schemas['PortalObjectView'];

export const OBJECTS_SHOWN = 5;

/** The first objects of a company that have the words in their name, address or the places above them. */
export const objectSearchQuery = (companyId: string, words: string) =>
  queryOptions({
    queryKey: ['objects', companyId, words],
    queryFn: async (): Promise<{ found: PortalObject[]; hasMore: boolean }> => {
      const query = { companyId, limit: OBJECTS_SHOWN, ...(words && { q: words }) };
      const { data, page } = await unwrap(api.http.GET('/portal/objects', { params: { query } }));
      return { found: data, hasMore: page.next !== null };
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Whether there is anything to choose from; undefined while that is not known. */
export const useHasObjects = (companyId: string): boolean | undefined =>
  useQuery({ ...objectSearchQuery(companyId, ''), select: ({ found }) => found.length > 0 }).data;
