import { api } from '@/api';
import { everyPage } from '@/directory/every-page';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApprovalRoute, RouteInput } from './route-draft';

export type ApprovalRole = Schemas['ApprovalRoleView'];
export type RouteQuestion = Schemas['ChooseApprovalRoute'];

const one = (id: string) => ({ params: { path: { id } } });
const seen = ({ id, version }: ApprovalRoute) => ({
  params: { path: { id }, header: { 'If-Match': `"${version}"` } },
});

export const routesQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ['approval-routes', archived],
    queryFn: ({ signal }) =>
      everyPage((query) =>
        unwrap(
          api.http.GET('/approval-routes', { params: { query: { ...query, ...(archived && { archived }) } }, signal }),
        ),
      ),
  });

export const routeQuery = (id: string) =>
  queryOptions({
    queryKey: ['approval-routes', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/approval-routes/{id}', { ...one(id), signal })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['approval-routes', 'versions', id],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/approval-routes/{id}/versions', { ...one(id), signal }))).data,
  });

/** Which route a kind and an amount lead to, and why not the others. */
export const chooseQuery = (question: RouteQuestion) =>
  queryOptions({
    queryKey: ['approval-routes', 'choose', question],
    queryFn: ({ signal }) => unwrap(api.http.POST('/approval-routes/choose', { body: question, signal })),
    enabled: !!question.kindId,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const rolesQuery = () =>
  queryOptions({
    queryKey: ['approvals', 'roles'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/approval-roles', { signal }))).data,
  });

export const indexesQuery = () =>
  queryOptions({
    queryKey: ['approvals', 'indexes'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/approval-indexes', { signal }))).data,
  });

export const calendarsQuery = () =>
  queryOptions({
    queryKey: ['sla-calendars', 'to-choose'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/calendars', { signal }))).data,
  });

/** A change of the settings: routes, catalogues and the plans that were shown are asked again. */
function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      void Promise.all(['approval-routes', 'approvals'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

export const useSaveRoute = (route: ApprovalRoute | null) =>
  useChange((body: RouteInput) =>
    route
      ? unwrap(api.http.PATCH('/approval-routes/{id}', { ...seen(route), body }))
      : unwrap(api.http.POST('/approval-routes', { body })),
  );

export const useSwitchRoute = () =>
  useChange(({ route, isActive }: { route: ApprovalRoute; isActive: boolean }) =>
    unwrap(api.http.PATCH('/approval-routes/{id}', { ...seen(route), body: { isActive } })),
  );

export const useArchiveRoute = () =>
  useChange(({ id, archivedAt }: ApprovalRoute) =>
    archivedAt
      ? unwrap(api.http.POST('/approval-routes/{id}/restore', one(id)))
      : unwrap(api.http.POST('/approval-routes/{id}/archive', one(id))),
  );

export const useOrderRoutes = () =>
  useChange((ids: string[]) => unwrap(api.http.PUT('/approval-routes/order', { body: { ids } })));

/** The catalogues that are lists of names. */
export type Catalogue = 'roles' | 'kinds' | 'documents';
export type ItemInput = Schemas['CreateApprovalRole'] & { isActive?: boolean };

export const useSaveItem = (catalogue: Catalogue, id: string | null) =>
  useChange(({ holderIds, ...body }: ItemInput) => {
    const { isActive: _, ...created } = body;
    if (catalogue === 'roles')
      return id
        ? unwrap(api.http.PATCH('/approval-roles/{id}', { ...one(id), body: { ...body, holderIds } }))
        : unwrap(api.http.POST('/approval-roles', { body: { ...created, holderIds } }));
    if (catalogue === 'kinds')
      return id
        ? unwrap(api.http.PATCH('/approval-kinds/{id}', { ...one(id), body }))
        : unwrap(api.http.POST('/approval-kinds', { body: created }));
    return id
      ? unwrap(api.http.PATCH('/approval-document-kinds/{id}', { ...one(id), body }))
      : unwrap(api.http.POST('/approval-document-kinds', { body: created }));
  });

export const useSaveIndex = (id: string | null) =>
  useChange(({ currency, ...body }: Schemas['CreateApprovalIndex']) =>
    id
      ? unwrap(api.http.PATCH('/approval-indexes/{id}', { ...one(id), body }))
      : unwrap(api.http.POST('/approval-indexes', { body: { ...body, currency } })),
  );

export const useSaveCurrency = () =>
  useChange((body: Schemas['UpdateApprovalSettings']) => unwrap(api.http.PUT('/approval-settings', { body })));
