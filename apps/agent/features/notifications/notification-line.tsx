import { ActionIcon, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHelpCircle } from '@tabler/icons-react';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './notifications.module.css';
import type { Notification } from './notifications.queries';

/** What happened, and on demand why one is told of it. */
export function NotificationLine({
  notification: { text, reason, events, count, lastAt, readAt },
  to,
  onOpen,
}: {
  notification: Notification;
  to: string;
  onOpen: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [isExplained, explained] = useDisclosure(false);
  return (
    <div className={classes.line} data-unread={readAt === null || undefined}>
      <Link to={to} className={classes.text} onClick={onOpen}>
        <span>{text}</span>
        <span className={classes.small}>
          {count > 1 && `${t('notifications.events', { count })} · `}
          {reason} · <RelativeTime at={lastAt} />
        </span>
      </Link>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('notifications.why')}
        title={t('notifications.why')}
        aria-expanded={isExplained}
        aria-controls={id}
        onClick={explained.toggle}
      >
        <IconHelpCircle size={16} />
      </ActionIcon>
      <Collapse id={id} className={classes.why} expanded={isExplained}>
        <ul className={classes.events}>
          {events.map((event) => (
            <li key={event.id}>
              <span>{event.text}</span>
              <span className={classes.small}>
                {format.dateTime(event.createdAt)} · {t('notifications.because', { reason: event.reason })}
              </span>
              <Link className={classes.small} to={`/notification-settings#${event.kind}`} onClick={onOpen}>
                {t('notifications.change', { kind: t(`notifications.kind.${event.kind}`) })}
              </Link>
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  );
}
