import { useState } from 'react';
import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '@opora/ui/format';
import { SafeHtml } from '@opora/ui/html';
import { FileList } from './file-list';
import type { PortalComment, PortalTicket } from './tickets.queries';
import classes from './conversation.module.css';

const SHOWN = 40;

/** The description and every message in order; a long conversation begins near its end. */
export function Conversation({ ticket, comments }: { ticket: PortalTicket; comments: PortalComment[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN);
  const messages = withMerged(ticket, comments);
  const latest = messages.slice(-shown);
  return (
    <section aria-labelledby="conversation">
      <h2 id="conversation" className={classes.title}>
        {t('tickets.conversation')}
      </h2>
      <ol className={classes.messages}>
        <Message
          isMine={ticket.author.isMe}
          author={ticket.author.isMe ? t('tickets.you') : ticket.author.name}
          at={ticket.createdAt}
          html={ticket.description}
          files={ticket.files}
        />
        {messages.length > shown && (
          <li>
            <Button variant="subtle" fullWidth onClick={() => setShown(shown + SHOWN)}>
              {t('tickets.earlier')}
            </Button>
          </li>
        )}
        {latest.map((comment) => (
          <Message
            key={comment.id}
            isMine={comment.author.isMe}
            isStaff={comment.author.kind !== 'contact'}
            title={comment.title}
            author={comment.author.isMe ? t('tickets.you') : comment.author.name || t('tickets.support')}
            at={comment.createdAt}
            html={comment.html}
            files={comment.files}
          />
        ))}
      </ol>
      {messages.length === 0 && (
        <Text c="dimmed" size="sm" mt="sm">
          {t('tickets.noComments')}
        </Text>
      )}
    </section>
  );
}

type Said = PortalComment & { title?: string };

/** The conversation with the requests that were merged into this one, each where it came in time. */
function withMerged({ merged }: PortalTicket, comments: PortalComment[]): Said[] {
  if (merged.length === 0) return comments;
  const requests = merged.map(({ id, number, subject, description, author, createdAt }): Said => ({
    id,
    author,
    createdAt,
    html: description,
    files: [],
    title: `№ ${number} ${subject}`,
  }));
  return [...comments, ...requests].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}

type MessageProps = {
  isMine: boolean;
  title?: string;
  isStaff?: boolean;
  author: string;
  at: string;
  html: string;
  files: PortalComment['files'];
};

function Message({ isMine, isStaff = false, title, author, at, html, files }: MessageProps) {
  return (
    <li className={classes.message} data-mine={isMine || undefined} data-staff={isStaff || undefined}>
      <div className={classes.head}>
        <strong>{author}</strong>
        <RelativeTime at={at} className={classes.time} />
      </div>
      {title && <strong>{title}</strong>}
      {html && <SafeHtml html={html} />}
      <FileList files={files} />
    </li>
  );
}
