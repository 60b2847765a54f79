import { Avatar, Badge } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { SafeHtml } from '@opora/ui/html';
import { IconChevronDown, IconChevronRight, IconLock, IconMailForward, IconSend } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from './conversation-blocks';
import classes from './conversation.module.css';
import type { Item } from './conversation.types';
import { ChangeLine, useChangeWords } from './change-line';
import { FileList } from './file-list';
import type { Picture } from './lightbox';
import type { ChangeView, CommentView, TicketView } from './tickets.types';

type Props = {
  block: Block;
  ticket: TicketView;
  isFirstUnread: boolean;
  /** The item that was asked for last: it is unfolded and marked. */
  found?: string | null;
  onPicture: (picture: Picture) => void;
};

/** One block of the conversation. */
export function BlockView({ block, isFirstUnread, found = null, onPicture }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (block.kind === 'day') {
    return (
      <div className={classes.day} id={`item-${block.id}`}>
        {format.date(block.at)}
      </div>
    );
  }
  if (block.kind === 'run') return <Run id={block.id} items={block.items} found={found} />;
  return (
    <div id={`item-${block.id}`} data-found={block.id === found || undefined}>
      {isFirstUnread && <div className={classes.unread}>{t('tickets.conversation.new')}</div>}
      {block.item.kind === 'comment' && (
        <Message
          comment={block.item.comment}
          isSending={block.item.isSending}
          title={block.item.title}
          onPicture={onPicture}
        />
      )}
      {block.item.kind === 'file' && (
        <div className={classes.run}>
          <span>
            {block.item.author.name} · {format.time(block.item.at)}
          </span>
          <FileList files={[block.item.file]} onPicture={onPicture} />
        </div>
      )}
    </div>
  );
}

type MessageProps = {
  comment: CommentView;
  isSending?: boolean;
  isDescription?: boolean;
  /** A request that was merged into this one, by its number and subject. */
  title?: string;
  onPicture: (picture: Picture) => void;
};

/** A message with who wrote it, when, and who can read it. */
export function Message({ comment, isSending = false, isDescription = false, title, onPicture }: MessageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { author, audience, kind } = comment;
  const isForClient = audience.includes('client');
  const onImage = useCallback((source: string, name: string) => onPicture({ source, name }), [onPicture]);
  return (
    <article
      className={classes.message}
      data-side={author.kind === 'contact' ? 'client' : 'staff'}
      data-audience={isForClient ? 'client' : audience.includes('partner') ? 'partner' : 'internal'}
      data-sending={isSending || undefined}
      aria-label={t('tickets.conversation.by', { name: author.name })}
    >
      <Avatar size={28} name={author.name} color="initials" alt="" />
      <div className={classes.bubble}>
        <header className={classes.bubbleHead}>
          <span className={classes.author}>{author.name}</span>
          {title && <Badge variant="light">{t('tickets.merge.request')}</Badge>}
          {isDescription && <span>{t('tickets.field.description')}</span>}
          {!isDescription && !title && <Readers comment={comment} />}
          {audience.includes('partner') && <Badge>{t('tickets.conversation.forPartner')}</Badge>}
          {kind !== 'comment' && (
            <Badge color="gray" leftSection={<IconMailForward size={12} />}>
              {t(`tickets.kind.${kind}`)}
            </Badge>
          )}
          {comment.source === 'email' && kind === 'comment' && <span>{t('tickets.source.email')}</span>}
          <time className={classes.when} dateTime={comment.createdAt} title={format.full(comment.createdAt)}>
            {isSending ? t('tickets.conversation.sending') : format.time(comment.createdAt)}
          </time>
        </header>
        <div className={classes.text}>
          {title && <strong>{title}</strong>}
          <SafeHtml html={comment.html} onImage={onImage} />
        </div>
        <FileList files={comment.files.filter(({ isInline }) => !isInline)} onPicture={onPicture} />
      </div>
    </article>
  );
}

/** Who can read a message: an answer and a note differ by sign and words. */
function Readers({ comment: { author, audience } }: { comment: CommentView }) {
  const { t } = useTranslation();
  const isFromClient = author.kind === 'contact';
  const words = isFromClient ? 'fromClient' : audience.includes('client') ? 'forClient' : 'note';
  return (
    <span className={classes.audience}>
      {words === 'forClient' && <IconSend size={13} aria-hidden />}
      {words === 'note' && <IconLock size={13} aria-hidden />}
      {t(`tickets.conversation.${words}`)}
    </span>
  );
}

/** Changes in a row: one line that tells what they were about and unfolds. */
function Run({ id, items, found }: { id: string; items: Item[]; found: string | null }) {
  const { t } = useTranslation();
  const words = useChangeWords();
  const isFound = items.some((item) => item.id === found);
  const [chosen, choose] = useState<boolean | null>(null);
  const isOpen = chosen ?? isFound;
  const changes = items.flatMap((item) => (item.kind === 'change' ? [item.change] : []));
  if (changes.length === 1 && changes[0]) {
    return (
      <div className={classes.run} id={`item-${id}`}>
        <Line change={changes[0]} found={found} />
      </div>
    );
  }
  const about = [...new Set(changes.map(({ field }) => words.field(field)))].slice(0, 4).join(', ');
  return (
    <div className={classes.run} id={`item-${id}`}>
      <button type="button" className={classes.runToggle} aria-expanded={isOpen} onClick={() => choose(!isOpen)}>
        {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        {t('tickets.conversation.changes', { count: changes.length })}: {about}
      </button>
      {isOpen && changes.map((change) => <Line key={change.id} change={change} found={found} />)}
    </div>
  );
}

function Line({ change, found }: { change: ChangeView; found: string | null }) {
  return (
    <div data-found={change.id === found || undefined}>
      <ChangeLine change={change} />
    </div>
  );
}
