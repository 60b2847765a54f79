import { Button, Text } from '@mantine/core';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { bySubject } from './by-subject';
import { NotificationLine } from './notification-line';
import classes from './notifications.module.css';
import { notificationsQuery, useMarkNotification } from './notifications.queries';

/** The newest notifications, those of one ticket together; opening one marks it as read. */
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
        {bySubject(all).map(({ key, to, number, title, lines }) => (
          <section key={key} className={classes.group} aria-label={`№${number} ${title}`}>
            <Link to={to} className={classes.subject} onClick={onOpen}>
              №{number} {title}
            </Link>
            {lines.map((each) => (
              <NotificationLine
                key={each.id}
                notification={each}
                to={to}
                onOpen={() => {
                  if (!each.readAt) mark.mutate(each.id);
                  onOpen();
                }}
              />
            ))}
          </section>
        ))}
        {hasNextPage && (
          <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('ui.more')}
          </Button>
        )}
      </div>
    </div>
  );
}
