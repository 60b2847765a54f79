import { Button, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './notifications.module.css';
import { notificationsQuery, useMarkNotification, type Notification } from './notifications.queries';

/** The newest notifications; opening one marks it as read. */
export function NotificationList({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(notificationsQuery());
  const mark = useMarkNotification();
  const all = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <div>
      <div className={classes.head}>
        <Text fw={650} size="sm">
          {t('notifications.title')}
        </Text>
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={!all.some(({ readAt }) => readAt === null)}
          onClick={() => mark.mutate('all')}
        >
          {t('notifications.readAll')}
        </Button>
        <Button component={Link} to="/notification-settings" variant="subtle" size="compact-xs" onClick={onOpen}>
          {t('notifications.settings')}
        </Button>
      </div>
      <div className={classes.list}>
        {isPending && <Loading lines={4} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data && all.length === 0 && <EmptyState title={t('notifications.empty')} />}
        {all.map((each) => (
          <Line
            key={each.id}
            notification={each}
            onOpen={() => {
              if (!each.readAt) mark.mutate(each.id);
              onOpen();
            }}
          />
        ))}
        {hasNextPage && (
          <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('notifications.more')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Line({
  notification: { text, ticket, reason, createdAt, readAt },
  onOpen,
}: {
  notification: Notification;
  onOpen: () => void;
}) {
  return (
    <Link
      to={`/tickets/${ticket.number}`}
      className={classes.line}
      data-unread={readAt === null || undefined}
      onClick={onOpen}
    >
      <span>{text}</span>
      <span className={classes.subject}>{ticket.subject}</span>
      <span className={classes.small}>
        {reason} · <RelativeTime at={createdAt} />
      </span>
    </Link>
  );
}
