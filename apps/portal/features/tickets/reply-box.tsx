import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Alert, Button, Stack, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DropArea, FilePicker } from './file-picker';
import { useReply, type PortalTicket } from './tickets.queries';
import { useReplyDraft } from './ticket-draft';
import { useUploads } from './use-uploads';
import classes from './ticket-page.module.css';

/** Words and files to the people who work on the ticket. */
export function ReplyBox({ ticket }: { ticket: PortalTicket }) {
  const { t } = useTranslation();
  const { text, setText } = useReplyDraft(ticket.id);
  const [wasSent, setSent] = useState(false);
  const files = useUploads();
  const reply = useReply(ticket.id);
  const written = useRef(text);
  useEffect(() => {
    written.current = text;
  });
  const isEmpty = text.trim() === '' && files.fileIds.length === 0;

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (isEmpty || files.isBusy || reply.isPending) return;
    const sent = files.uploads;
    reply.mutate(
      { text: text.trim(), fileIds: files.fileIds },
      {
        onSuccess: () => {
          // What was added while it was on its way is left for the next one.
          const now = written.current;
          setText(now.startsWith(text) ? now.slice(text.length).trimStart() : now);
          sent.forEach(({ key }) => files.remove(key));
          setSent(true);
        },
      },
    );
  };
  return (
    <form onSubmit={send} className={classes.reply}>
      <DropArea onFiles={files.add}>
        <Stack gap="xs">
          <Textarea
            label={t('tickets.reply')}
            placeholder={t('tickets.replyHint')}
            description={['done', 'closed'].includes(ticket.status.category) ? t('tickets.sendReopens') : undefined}
            autosize
            minRows={3}
            maxRows={14}
            value={text}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              setSent(false);
            }}
            onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send()}
          />
          {reply.error && (
            <Alert color="red" role="alert">
              {reply.error.message}
            </Alert>
          )}
          <FilePicker files={files}>
            <Button
              type="submit"
              ml="auto"
              leftSection={<IconSend size={18} aria-hidden />}
              loading={reply.isPending}
              disabled={isEmpty || files.isBusy}
            >
              {t('tickets.send')}
            </Button>
          </FilePicker>
          <Text size="sm" c="dimmed" role="status">
            {files.isBusy ? t('tickets.waitFiles') : wasSent ? t('tickets.sent') : ''}
          </Text>
        </Stack>
      </DropArea>
    </form>
  );
}
