import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isEmptyHtml } from '@opora/ui/rich-text';
import { deleteDraft, draftQuery, saveDraft } from './timeline.queries';
import type { Audience } from './tickets.types';

export type Writing = { html: string; audience: Audience; fileIds: string[] };
export type SaveState = 'saved' | 'saving' | 'failed' | null;

const SAVE_AFTER_MS = 800;
const RETRY_MS = 5_000;

/** What is being written, kept on the server while it is written: another device, a closed tab or a crash loses nothing. */
export function useDraft(number: string, usual: Audience) {
  const { data: stored, isSuccess, isError } = useQuery(draftQuery(number));
  const [writing, setWriting] = useState<Writing | null>(null);
  const [saveState, setSaveState] = useState<SaveState>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<Writing | null>(null);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const draft = unsaved.current;
    if (!draft) return;
    unsaved.current = null;
    try {
      const isEmpty = isEmptyHtml(draft.html) && draft.fileIds.length === 0;
      if (isEmpty) await deleteDraft(number);
      else await saveDraft(number, { ...draft, audience: [draft.audience] });
      if (!unsaved.current) setSaveState(isEmpty ? null : 'saved');
    } catch {
      setSaveState('failed');
      unsaved.current ??= draft;
      timer.current = setTimeout(() => void flush(), RETRY_MS);
    }
  }, [number]);

  const write = useCallback(
    (next: Writing) => {
      setWriting(next);
      unsaved.current = next;
      setSaveState('saving');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
    },
    [flush],
  );

  /** Forgets what was written: it has been sent, the server drops its copy by itself. */
  const clear = useCallback((audience: Audience) => {
    clearTimeout(timer.current);
    unsaved.current = null;
    setSaveState(null);
    setWriting({ html: '', audience, fileIds: [] });
  }, []);

  // Leaving the ticket does not wait for the pause.
  useEffect(() => () => void flush(), [flush]);
  useEffect(() => {
    const onHide = () => document.visibilityState === 'hidden' && void flush();
    document.addEventListener('visibilitychange', onHide);
    return () => document.removeEventListener('visibilitychange', onHide);
  }, [flush]);

  const fromServer: Writing | null = stored?.updatedAt
    ? { html: stored.html, audience: sideOf(stored.audience), fileIds: stored.files.map(({ id }) => id) }
    : null;
  return {
    isReady: isSuccess || isError,
    stored,
    writing: writing ?? fromServer ?? { html: '', audience: usual, fileIds: [] },
    write,
    clear,
    saveState,
  };
}

/** Which of the two looks of the composer a set of readers belongs to. */
export const sideOf = (audience: Audience[]): Audience => (audience.includes('client') ? 'client' : 'internal');
