import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListAddress } from './list-address';
import classes from './merge-dialog.module.css';
import { useSplit } from './merges.queries';
import { timelineQuery } from './timeline.queries';
import type { CommentView, TicketView } from './tickets.types';

/** Chosen messages become a ticket of their own. */
export function SplitDialog({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation();
  const { open } = useListAddress();
  const [chosen, setChosen] = useState<string[]>([]);
  const [subject, setSubject] = useState('');
  const { data: comments, isPending } = useQuery({ ...timelineQuery(String(ticket.number)), select: commentsOf });
  const split = useSplit(String(ticket.number));
  const isReady = chosen.length > 0 && subject.trim() !== '' && !split.isPending;
  const toggle = (id: string) =>
    setChosen((present) => (present.includes(id) ? present.filter((other) => other !== id) : [...present, id]));
  const submit = () => {
    if (!isReady) return;
    split.mutate(
      { commentIds: chosen, subject: subject.trim() },
      {
        onSuccess: (made) => {
          onClose();
          notifyDone(t('tickets.split.done', { number: made.number }));
          open(made.number);
        },
      },
    );
  };
  useHotkey('mod+Enter', submit, { label: t('tickets.split.confirm'), group: t('tickets.keys.ticket') });
  return (
    <Dialog opened onClose={onClose} title={t('tickets.split.title', { number: ticket.number })} size="lg">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('tickets.split.hint')}
        </Text>
        <TextInput
          data-autofocus
          required
          maxLength={300}
          label={t('tickets.split.subject')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        {isPending && <Loading lines={4} />}
        {comments?.length === 0 && <Text size="sm">{t('tickets.split.nothing')}</Text>}
        <ul className={classes.list} aria-label={t('tickets.split.comments')}>
          {comments?.map((comment) => (
            <CommentChoice
              key={comment.id}
              comment={comment}
              isChosen={chosen.includes(comment.id)}
              onToggle={toggle}
            />
          ))}
        </ul>
        {split.error && (
          <Alert color="red" variant="light" role="alert">
            {split.error.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button disabled={!isReady} loading={split.isPending} onClick={submit}>
            {t('tickets.split.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

type ChoiceProps = { comment: CommentView; isChosen: boolean; onToggle: (id: string) => void };

function CommentChoice({ comment, isChosen, onToggle }: ChoiceProps) {
  const format = useFormat();
  const text = comment.html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (
    <li className={classes.row}>
      <Checkbox
        size="xs"
        checked={isChosen}
        onChange={() => onToggle(comment.id)}
        label={
          <span className={classes.words}>
            <span className={classes.dim}>
              {comment.author.name} · {format.dateTime(comment.createdAt)}
            </span>
            <span className={classes.text}>{text || comment.files.map(({ name }) => name).join(', ')}</span>
          </span>
        }
      />
    </li>
  );
}

type Items = Awaited<ReturnType<NonNullable<ReturnType<typeof timelineQuery>['queryFn']>>>;
const commentsOf = (items: Items): CommentView[] =>
  items.flatMap((item) => (item.kind === 'comment' ? [item.comment] : [])).reverse();
