import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type NoticeDefaults = Schemas['NotificationDefaultsView'];
export type NoticeDefault = NoticeDefaults['defaults'][number];
type Save = Schemas['SaveNotificationDefaults'];

export const noticeDefaultsQuery = () =>
  queryOptions({
    queryKey: ['notification-defaults'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/notification-defaults', { signal })),
  });

export function useSaveNoticeDefaults() {
  const queries = useQueryClient();
  const { queryKey } = noticeDefaultsQuery();
  return useMutation({
    mutationFn: (body: Save) => unwrap(api.http.PUT('/notification-defaults', { body })),
    onSuccess: (saved) => {
      queries.setQueryData(queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['notification-settings'] });
    },
  });
}
