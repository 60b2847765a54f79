import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Message } from './conversation-block';
import classes from './conversation.module.css';
import type { CommentView } from './tickets.types';
import { Dialog } from '@opora/ui/dialog';

type Props = { newer: CommentView[] | null; onEdit: () => void; onSendAnyway: () => void };

/** Stops an answer to a conversation that has moved on, and shows what came meanwhile. */
export function StaleReplyDialog({ newer, onEdit, onSendAnyway }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={newer !== null} onClose={onEdit} title={t('tickets.stale.title')} size="lg">
      <Text size="sm">{t('tickets.stale.why', { count: newer?.length ?? 0 })}</Text>
      <div className={classes.description}>
        {newer?.map((comment) => (
          <Message key={comment.id} comment={comment} onPicture={() => undefined} />
        ))}
      </div>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onSendAnyway}>
          {t('tickets.stale.sendAnyway')}
        </Button>
        <Button onClick={onEdit} data-autofocus>
          {t('tickets.stale.edit')}
        </Button>
      </Group>
    </Dialog>
  );
}
