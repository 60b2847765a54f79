import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Notification = Schemas['NotificationView'];
export type NotificationSetting = Schemas['NotificationSettingView'];

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

export function useSaveNotificationSettings() {
  const queries = useQueryClient();
  const { queryKey } = notificationSettingsQuery();
  return useMutation({
    mutationFn: (settings: NotificationSetting[]) =>
      unwrap(api.http.PUT('/notification-settings', { body: { settings } })),
    onMutate: (settings) => {
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(
        queryKey,
        (present) =>
          present && {
            settings: present.settings.map((each) => settings.find(({ kind }) => kind === each.kind) ?? each),
          },
      );
      return { before };
    },
    onError: (_, __, context) => queries.setQueryData(queryKey, context?.before),
    onSuccess: (saved) => queries.setQueryData(queryKey, saved),
  });
}
