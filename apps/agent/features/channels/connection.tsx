import { Badge, Group, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './channels.module.css';
import type { Mailbox } from './mailboxes.queries';

/** How the mailbox's server is doing: off, in order, or with its last error. */
export function Connection({ mailbox: { isActive, imap, lastError, lastSeenAt } }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  if (!isActive)
    return (
      <Badge color="gray" leftSection={<IconPlayerPause size={13} aria-hidden />}>
        {t('channels.mailboxes.off')}
      </Badge>
    );
  if (lastError) {
    return (
      <Group gap={6} wrap="nowrap" title={lastError}>
        <Badge color="red" className={classes.fixed} leftSection={<IconAlertTriangle size={13} aria-hidden />}>
          {t('channels.mailboxes.error')}
        </Badge>
        <Text size="xs" truncate>
          {lastError}
        </Text>
      </Group>
    );
  }
  if (!imap) return <Badge color="gray">{t('channels.mailboxes.pushed')}</Badge>;
  if (!lastSeenAt)
    return (
      <Badge color="blue" leftSection={<IconClock size={13} aria-hidden />}>
        {t('channels.mailboxes.waiting')}
      </Badge>
    );
  return (
    <Group gap={6} wrap="nowrap">
      <Badge color="green" className={classes.fixed} leftSection={<IconCircleCheck size={13} aria-hidden />}>
        {t('channels.mailboxes.works')}
      </Badge>
      <RelativeTime at={lastSeenAt} className={classes.dim} />
    </Group>
  );
}
