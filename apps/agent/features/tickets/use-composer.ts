import { isEmptyHtml, type RichTextHandle } from '@opora/ui/rich-text';
import { useEffect, useRef } from 'react';
import type { Item } from './conversation.types';
import { named } from './recipients';
import type { Audience, Draft, NewComment, TicketView } from './tickets.types';
import { sideOf, useDraft, type Writing } from './use-draft';
import { useSending } from './use-sending';
import { useUploads, type Upload } from './use-uploads';

type Input = { ticket: TicketView; seenCommentId: string | null; onSending: (items: Item[]) => void };

/** Text, readers and files of one answer: kept as a draft, emptied when sent, put back when not. */
export function useComposer({ ticket, seenCommentId, onSending }: Input) {
  const { can } = ticket;
  const draft = useDraft(String(ticket.number), can.replyClient ? 'client' : 'internal');
  const uploads = useUploads();
  const editor = useRef<RichTextHandle>(null);
  const { stored, write, writing } = draft;
  const { restore } = uploads;
  const { html } = writing;
  const audience: Audience = writing.audience === 'client' && !can.replyClient ? 'internal' : writing.audience;
  const fileIds = uploads.idsFor(html);

  // The files of a draft come back once, with its text.
  const isRestored = useRef(false);
  useEffect(() => {
    if (!stored || isRestored.current) return;
    isRestored.current = true;
    restore(stored.files, stored.html);
  }, [stored, restore]);
  const filesKey = fileIds.join();
  useEffect(() => {
    if (isRestored.current && filesKey !== writing.fileIds.join())
      write({ ...writing, fileIds: filesKey ? filesKey.split(',') : [] });
    // Only when the files have changed: the text saves itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [filesKey]);

  const show = (next: Writing) => {
    write(next);
    editor.current?.setHtml(next.html);
    editor.current?.focus();
  };
  const latest = useRef<{ html: string; audience: Audience; uploads: Upload[] }>({ html, audience, uploads: [] });
  useEffect(() => {
    latest.current = { html, audience, uploads: uploads.uploads };
  });
  /** Shows an answer again, with what has been written since behind it; a note among them stays among colleagues. */
  const showAgain = (back: Pick<Writing, 'html' | 'audience' | 'fileIds'>) => {
    const now = latest.current;
    if (isEmptyHtml(now.html)) return show(back);
    show({ ...back, html: back.html + now.html, audience: now.audience === 'internal' ? 'internal' : back.audience });
  };
  const onRestore = (back: Draft) => {
    restore(back.files, back.html);
    showAgain({ html: back.html, audience: sideOf(back.audience), fileIds: back.files.map(({ id }) => id) });
  };
  /** Empties the composer and gives the way to fill it again. */
  const clear = (comment: NewComment) => {
    const sent = uploads.uploads;
    draft.clear(audience);
    uploads.put([]);
    editor.current?.setHtml('');
    return () => {
      uploads.put([...sent, ...latest.current.uploads]);
      showAgain({ html: comment.html, audience: sideOf(comment.audience), fileIds: comment.fileIds ?? [] });
    };
  };
  const sending = useSending({ ticket, seenCommentId, onSending, clear, onRestore });

  const takeFiles = (files: File[]) => {
    for (const file of files) {
      const isPicture = /^image\/(png|jpe?g|gif|webp)$/.test(file.type);
      void uploads
        .add(named(file), isPicture)
        .then((kept) => kept && isPicture && editor.current?.insertImage(kept.url, kept.name));
    }
  };
  return {
    editor,
    draft,
    uploads,
    sending,
    html,
    audience,
    isSendable: !(isEmptyHtml(html) && fileIds.length === 0) && !uploads.isBusy && !sending.isPending,
    type: (next: string) => write({ html: next, audience, fileIds: uploads.idsFor(next) }),
    switchTo: (next: Audience) => {
      write({ html, audience: next, fileIds });
      editor.current?.focus();
    },
    comment: (transitionId?: string): NewComment => ({
      html: html || '<p></p>',
      audience: [audience],
      fileIds,
      ...(transitionId ? { transitionId } : {}),
    }),
    takeFiles,
  };
}
