import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Notification = Schemas['NotificationView'];
export type NotificationSetting = Schemas['NotificationSettingView'];
export type NotificationSettings = Schemas['NotificationSettingsView'];
export type SaveNotificationSettings = Schemas['SaveNotificationSettings'];
export type QuietPeriod = Schemas['QuietPeriodView'];
export type Wish = NotificationSetting['app'];

export const notificationCountQuery = () =>
  queryOptions({
    queryKey: ['notifications', 'count'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/notifications/count', { signal })),
    refetchInterval: 60_000,
  });

export const notificationsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/notifications', {
          params: { query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const notificationSettingsQuery = () =>
  queryOptions({
    queryKey: ['notification-settings'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/notification-settings', { signal })),
  });

export const notificationPreviewQuery = () =>
  queryOptions({
    queryKey: ['notification-settings', 'preview'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/notification-settings/preview', { signal })),
    refetchInterval: 60_000,
  });

export function useMarkNotification() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string | 'all') =>
      id === 'all'
        ? unwrap(api.http.POST('/notifications/read-all'))
        : unwrap(api.http.POST('/notifications/{id}/read', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
}

const SAVING = ['notification-settings', 'save'];

/** Shown at once, saved one after the other; an answer is taken over only when nothing chosen since waits for its own. */
export function useSaveNotificationSettings() {
  const queries = useQueryClient();
  const { queryKey } = notificationSettingsQuery();
  const isLast = () => queries.isMutating({ mutationKey: SAVING }) === 1;
  return useMutation({
    mutationKey: SAVING,
    scope: { id: SAVING.join() },
    mutationFn: (body: SaveNotificationSettings) => unwrap(api.http.PUT('/notification-settings', { body })),
    onMutate: async ({ settings, ...times }) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(
        queryKey,
        (present) =>
          present && {
            ...present,
            ...times,
            settings: present.settings.map((each) => ({
              ...each,
              ...settings?.find(({ kind }) => kind === each.kind),
            })),
          },
      );
    },
    onError: () => isLast() && void queries.invalidateQueries({ queryKey }),
    onSuccess: (saved) => {
      if (isLast()) queries.setQueryData(queryKey, saved);
      void queries.invalidateQueries({ queryKey: notificationPreviewQuery().queryKey });
    },
  });
}

export const muteQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['ticket-mute', ticketId],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/{id}/mute', { params: { path: { id: ticketId } }, signal })),
    retry: false,
  });

export function useMute(ticketId: string) {
  const queries = useQueryClient();
  const params = { path: { id: ticketId } };
  return useMutation({
    mutationFn: (isMuted: boolean) =>
      isMuted
        ? unwrap(api.http.PUT('/tickets/{id}/mute', { params }))
        : unwrap(api.http.DELETE('/tickets/{id}/mute', { params })),
    onSuccess: (saved) => queries.setQueryData(muteQuery(ticketId).queryKey, saved),
  });
}
