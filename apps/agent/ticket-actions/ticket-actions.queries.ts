import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

export type ActionPlace = Schemas['ActionPlace'];
export type ActionOffer = Schemas['TicketActionView'];
export type ActionParam = Schemas['ActionParamView'];
export type ActionLine = Schemas['ActionLineView'];
export type ActionProblem = Schemas['ActionProblemView'];
/** An action as macros, rules and bulk changes keep it. */
export type StoredAction = { action: string; params: Record<string, unknown> };
/** A refused setting; the pointer begins at the body, such as `/actions/0/params/teamId`. */
export type SettingProblem = { pointer: string; message: string };

/** What may be done to tickets, in the reader's language. */
export const ticketActionsQuery = (place: ActionPlace, locale: string) =>
  queryOptions({
    queryKey: ['ticket-actions', place, locale],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/ticket-actions', { params: { query: { for: place } }, signal }))).data,
  });

/** Checklists that can be put on tickets. */
export const checklistNamesQuery = () =>
  queryOptions({
    queryKey: ['checklist-templates', 'names'],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/checklist-templates', { params: { query: { limit: 200 } }, signal }))).data.map(
        ({ id, name }) => ({ value: id, label: name }),
      ),
  });
