import { useMe } from '@/api';
import { ApiProblem } from '@opora/client';
import { notifyProblem, notifyUndo } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from './conversation.types';
import { useSendComment, useUndoComment } from './timeline.queries';
import type { CommentView, Draft, NewComment, TicketView } from './tickets.types';

type Sending = {
  ticket: TicketView;
  seenCommentId: string | null;
  onSending: (items: Item[]) => void;
  onCleared: () => void;
  onRestore: (draft: Draft) => void;
};

/** Sends, echoes at once, offers the way back while the server still holds the message, stops when the conversation has moved on. */
export function useSending({ ticket, seenCommentId, onSending, onCleared, onRestore }: Sending) {
  const { t } = useTranslation();
  const me = useMe();
  const number = String(ticket.number);
  const post = useSendComment(number);
  const undo = useUndoComment(number);
  const [stale, setStale] = useState<{ comment: NewComment; newer: CommentView[] } | null>(null);

  const offerUndo = (sent: CommentView) => {
    const ms = sent.undoUntil ? Date.parse(sent.undoUntil) - Date.now() : 0;
    if (ms < 500) return;
    const takeBack = () =>
      undo.mutate(sent.id, {
        onSuccess: onRestore,
        onError: (error) => notifyProblem(t('tickets.composer.undoLate'), error),
      });
    notifyUndo({ message: t('tickets.composer.sent'), action: t('tickets.composer.undo'), onAction: takeBack, ms });
  };
  const send = (comment: NewComment) => {
    onSending([echo(comment, me)]);
    post.mutate(
      { ...comment, ...(comment.audience.includes('client') ? { lastSeenCommentId: seenCommentId } : {}) },
      {
        onSuccess: (sent) => {
          onCleared();
          if (comment.audience.includes('client')) offerUndo(sent);
        },
        onError: (error) => {
          const newer = error instanceof ApiProblem && error.code === 'tickets.staleReply' ? error.members.newer : null;
          if (Array.isArray(newer)) setStale({ comment, newer: newer as CommentView[] });
          else notifyProblem(t('tickets.composer.sendFailed'), error);
        },
        onSettled: () => onSending([]),
      },
    );
  };
  return {
    send,
    isPending: post.isPending,
    newer: stale?.newer ?? null,
    dismiss: () => setStale(null),
    sendAnyway: () => {
      if (stale) send({ ...stale.comment, sendAnyway: true });
      setStale(null);
    },
  };
}

function echo(comment: NewComment, me: { id: string; name: string }): Item {
  const at = new Date().toISOString();
  const author = { kind: 'employee' as const, id: me.id, name: me.name };
  const view: CommentView = { id: 'sending', audience: comment.audience, author, html: comment.html, kind: 'comment', source: 'agent', createdAt: at, visibleAt: at, undoUntil: null, cc: [], files: [] };
  return { kind: 'comment', id: 'sending', at, comment: view, isSending: true };
}
