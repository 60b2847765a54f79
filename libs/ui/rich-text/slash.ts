import type { Editor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import type { SlashTyped } from './rich-text';

/** A slash at the beginning of a word and what follows it up to the cursor: up to three words. */
const TYPED = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40}(?: [\p{L}\p{N}_-]{1,40}){0,2})$/u;

/** The text of the paragraph up to the cursor. */
export const textBefore = ({ state }: Editor): string => {
  const { $from } = state.selection;
  return $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
};

/** What stands between a slash and the cursor, and where it begins in the document. */
export function slashBefore(editor: Editor): { query: string; from: number } | null {
  const { empty, $from } = editor.state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const found = TYPED.exec(textBefore(editor));
  if (!found) return null;
  const query = found[1] ?? '';
  return { query, from: $from.pos - query.length - 1 };
}

/** Tells of what is typed after a slash as it changes. */
export function useSlash(editor: Editor | null, onSlash: ((typed: SlashTyped | null) => void) | undefined): void {
  const tell = useRef(onSlash);
  useEffect(() => {
    tell.current = onSlash;
  });
  useEffect(() => {
    if (!editor) return;
    let last: string | null = null;
    const look = () => {
      const typed = tell.current && editor.isFocused ? slashBefore(editor) : null;
      if (!typed && last === null) return;
      last = typed && `${typed.from} ${typed.query}`;
      if (!typed) return tell.current?.(null);
      const { left, top, bottom } = editor.view.coordsAtPos(typed.from);
      tell.current?.({ query: typed.query, left, top, bottom });
    };
    // Only typing opens it: a cursor that comes by a slash in a finished text is no question.
    const onUpdate = () => look();
    const onMove = () => last !== null && look();
    const onBlur = () => {
      last = null;
      tell.current?.(null);
    };
    editor.on('update', onUpdate);
    editor.on('selectionUpdate', onMove);
    editor.on('blur', onBlur);
    return () => {
      editor.off('update', onUpdate);
      editor.off('selectionUpdate', onMove);
      editor.off('blur', onBlur);
    };
  }, [editor]);
}
