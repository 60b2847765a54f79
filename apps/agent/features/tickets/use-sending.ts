import { useMe } from '@/api';
import { ApiProblem } from '@opora/client';
import { notifyProblem, notifyUndo } from '@opora/ui/theme';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from './conversation.types';
import { useSendComment, useUndoComment } from './timeline.queries';
import type { CommentView, Draft, NewComment, TicketView } from './tickets.types';

type Sending = {
  ticket: TicketView;
  seenCommentId: string | null;
  onSending: (items: Item[]) => void;
  /** Empties the composer; what it returns fills it again. */
  clear: (comment: NewComment) => () => void;
  onRestore: (draft: Draft) => void;
};

/** Sends, echoes at once, offers the way back while the server still holds the message, stops when the conversation has moved on. */
export function useSending({ ticket, seenCommentId, onSending, clear, onRestore }: Sending) {
  const { t } = useTranslation();
  const me = useMe();
  const number = String(ticket.number);
  const post = useSendComment(number);
  const undo = useUndoComment(number);
  const [stale, setStale] = useState<{ comment: NewComment; newer: CommentView[] } | null>(null);

  // The answers come though the person may have gone on to the next ticket by then: promises, not callbacks of a screen.
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => void (isHere.current = false);
  }, []);
  const takeBack = async (sent: CommentView) => {
    try {
      onRestore(await undo.mutateAsync(sent.id));
    } catch (error) {
      notifyProblem(t('tickets.composer.undoLate'), error);
    }
  };
  const offerUndo = (sent: CommentView) => {
    const ms = sent.undoUntil ? Date.parse(sent.undoUntil) - Date.now() : 0;
    if (ms > 500)
      notifyUndo({
        message: t('tickets.composer.sent'),
        action: t('tickets.composer.undo'),
        onAction: () => void takeBack(sent),
        ms,
      });
  };
  const refuse = (comment: NewComment, error: unknown) => {
    const newer = error instanceof ApiProblem && error.code === 'tickets.staleReply' ? error.members.newer : null;
    if (Array.isArray(newer) && isHere.current) setStale({ comment, newer: newer as CommentView[] });
    else notifyProblem(t('tickets.composer.sendFailed', { number }), error);
  };
  const send = async (comment: NewComment) => {
    const isForClient = comment.audience.includes('client');
    onSending([echo(comment, me)]);
    const putBack = clear(comment);
    try {
      const sent = await post.mutateAsync(isForClient ? { ...comment, lastSeenCommentId: seenCommentId } : comment);
      if (isForClient) offerUndo(sent);
    } catch (error) {
      putBack();
      refuse(comment, error);
    } finally {
      onSending([]);
    }
  };
  return {
    send,
    isPending: post.isPending,
    newer: stale?.newer ?? null,
    dismiss: () => setStale(null),
    sendAnyway: () => {
      if (stale) void send({ ...stale.comment, sendAnyway: true });
      setStale(null);
    },
  };
}

function echo(comment: NewComment, me: { id: string; name: string }): Item {
  const at = new Date().toISOString();
  const author = { kind: 'employee' as const, id: me.id, name: me.name };
  const view: CommentView = {
    id: 'sending',
    audience: comment.audience,
    author,
    html: comment.html,
    kind: 'comment',
    source: 'agent',
    createdAt: at,
    visibleAt: at,
    undoUntil: null,
    cc: [],
    files: [],
  };
  return { kind: 'comment', id: 'sending', at, comment: view, isSending: true };
}
