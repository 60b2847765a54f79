import { useTopmost } from '@/directory/use-topmost';
import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure, useElementSize } from '@mantine/hooks';
import { useHotkey } from '@opora/ui/hotkeys';
import { ErrorState, Loading } from '@opora/ui/page';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Composer } from './composer';
import { Conversation } from './conversation';
import { Message } from './conversation-block';
import { withSteadyLinks } from './file-links';
import classes from './ticket-pane.module.css';
import type { Item } from './conversation.types';
import { jumpTo, useJump } from './side-jump';
import { ToSurvivor } from './merged-tickets';
import { TicketHeader } from './ticket-header';
import { TicketSide } from './ticket-side';
import { lastCommentId, timelineQuery } from './timeline.queries';
import { ticketQuery } from './tickets.queries';
import type { CommentView, TicketView } from './tickets.types';
import { usePresence } from './use-presence';

type Props = {
  number: string;
  isFull: boolean;
  onPane?: () => void;
  onClose: () => void;
  onStep: (step: number) => void;
  hasPrevious: boolean;
  hasNext: boolean;
};

const SIDE_FROM = 860;

/** One ticket: what it is, what was said, what to say, who the client is. */
export function TicketPane(props: Props) {
  const { t } = useTranslation();
  const { data: ticket, error, refetch } = useQuery(ticketQuery(props.number));
  if (error && !ticket) {
    return (
      <div className={classes.pane}>
        <ActionIcon className={classes.closeAlone} aria-label={t('tickets.keys.close')} onClick={props.onClose}>
          <IconX size={18} />
        </ActionIcon>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!ticket) return <Loading lines={10} />;
  return (
    <ToSurvivor ticket={ticket}>
      <OpenTicket {...props} ticket={ticket} />
    </ToSurvivor>
  );
}

function OpenTicket({ ticket, ...props }: Props & { ticket: TicketView }) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [isSideOpen, side] = useDisclosure(false);
  const topmost = useTopmost(side.close);
  const [sending, setSending] = useState<Item[]>([]);
  const presence = usePresence(String(ticket.number));
  const { data: seenCommentId = null } = useQuery({ ...timelineQuery(String(ticket.number)), select: lastCommentId });
  const hasRoom = width >= SIDE_FROM;
  const { open: openSide } = side;
  // The drawer is drawn first; what it holds hears the same request once more.
  const onJump = useCallback(
    (place: string) => {
      if (hasRoom || isSideOpen) return;
      openSide();
      setTimeout(() => jumpTo(place), 200);
    },
    [hasRoom, isSideOpen, openSide],
  );
  useJump(onJump);
  useHotkey('KeyI', side.toggle, { label: t('tickets.side'), group: t('tickets.keys.ticket'), isOn: !hasRoom });
  useEffect(() => {
    document.title = `${ticket.number} ${ticket.subject} · Opora`;
  }, [ticket.number, ticket.subject]);

  return (
    <article ref={ref} className={classes.pane} aria-label={t('tickets.ticketLabel', { number: ticket.number })}>
      <TicketHeader {...props} ticket={ticket} onSide={hasRoom ? undefined : side.open} />
      <div className={classes.body}>
        <div className={classes.talk}>
          <Conversation ticket={ticket} sending={sending} description={<Description ticket={ticket} />} />
          <Composer
            key={ticket.number}
            ticket={ticket}
            seenCommentId={seenCommentId}
            onSending={setSending}
            onTyping={presence.typed}
          />
        </div>
        {hasRoom && (
          <aside className={classes.side} aria-label={t('tickets.side')}>
            <TicketSide ticket={ticket} />
          </aside>
        )}
      </div>
      {!hasRoom && (
        <Drawer
          opened={isSideOpen}
          {...topmost}
          position="right"
          size={340}
          title={t('tickets.side')}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
        >
          <TicketSide ticket={ticket} />
        </Drawer>
      )}
    </article>
  );
}

/** What the ticket was registered with reads as the first message. */
function Description({ ticket }: { ticket: TicketView }) {
  const first = useMemo(() => asMessage(ticket), [ticket]);
  return first && <Message comment={first} isDescription onPicture={NOTHING} />;
}

const NOTHING = () => undefined;

function asMessage({ id, description, author, createdAt, source }: TicketView): CommentView | null {
  if (!description) return null;
  return {
    id,
    audience: ['client'],
    author,
    html: withSteadyLinks(description),
    kind: 'comment',
    source,
    createdAt,
    visibleAt: createdAt,
    undoUntil: null,
    cc: [],
    files: [],
  };
}
