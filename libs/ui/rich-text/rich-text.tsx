import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type Ref } from 'react';

/** What a screen may do to an editor it holds. */
export type RichTextHandle = {
  focus: () => void;
  setHtml: (html: string) => void;
  insertImage: (source: string, name: string) => void;
  /** Types a slash where the cursor stands, at the beginning of a word. */
  beginSlash: () => void;
  /** Puts HTML in the place of what was typed from the slash on; where the cursor stands when nothing was. */
  replaceSlash: (html: string) => void;
};

/** What is being typed after a slash, and where on the screen the slash stands. */
export type SlashTyped = { query: string; left: number; top: number; bottom: number };

export type RichTextProps = {
  html: string;
  onChange: (html: string) => void;
  label: string;
  placeholder?: string;
  /** Ctrl+Enter */
  onSubmit?: () => void;
  /** Pasted or dropped files; the editor itself keeps only text. */
  onFiles?: (files: File[]) => void;
  onFocus?: () => void;
  /** Told while words after a slash at the beginning of a word are typed; null when that is over. */
  onSlash?: (typed: SlashTyped | null) => void;
  /** Keys while a slash is being typed; true when the key was used. */
  onSlashKey?: (event: KeyboardEvent) => boolean;
  autoFocus?: boolean;
  minHeight?: number;
  maxHeight?: number;
  handle?: Ref<RichTextHandle>;
};

const LazyEditor = lazy(() => import('./editor').then(({ Editor }) => ({ default: Editor })));

/** Rich text that loads its editor when first shown. */
export function RichText(props: RichTextProps) {
  return (
    <Suspense fallback={<Skeleton height={(props.minHeight ?? 72) + 38} />}>
      <LazyEditor {...props} />
    </Suspense>
  );
}

/** True when an editor's HTML shows nothing. */
export function isEmptyHtml(html: string): boolean {
  return !/<img\b/i.test(html) && html.replace(/<[^>]*>/g, '').replace(/&nbsp;|\s/g, '') === '';
}
