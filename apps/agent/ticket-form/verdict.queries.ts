import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { VerdictInput } from './verdict.types';

/** What a ticket's form asks for these answers: the same verdict that every channel is held to. */
export const verdictQuery = (input: VerdictInput, locale: string) =>
  queryOptions({
    queryKey: ['ticket-forms', 'verdict', locale, input],
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    // The form stays as it is until the next verdict is there: nothing jumps while one types.
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(api.http.POST('/ticket-forms/verdict', { body: input as Schemas['AskVerdict'], signal })),
  });
