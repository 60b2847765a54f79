import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@opora/ui/page';
import { notificationCountQuery } from './notifications.queries';

const NotificationList = lazy(() => import('./notification-list').then((list) => ({ default: list.NotificationList })));

/** The bell with the number of unread notifications. */
export function NotificationBell({ size = 28 }: { size?: number }) {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { data } = useQuery(notificationCountQuery());
  const unread = data?.unread ?? 0;
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && close()}
      position="bottom-start"
      width={360}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={15} offset={5} color="red">
        <Popover.Target>
          <ActionIcon size={size} aria-label={t('notifications.bell', { count: unread })} onClick={toggle}>
            <IconBell size={17} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t('notifications.title')}>
        {isOpen && (
          <Suspense fallback={<Loading lines={4} />}>
            <NotificationList onOpen={close} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
