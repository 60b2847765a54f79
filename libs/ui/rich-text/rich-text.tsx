import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type Ref } from 'react';

/** What a screen may do to an editor it holds. */
export type RichTextHandle = {
  focus: () => void;
  setHtml: (html: string) => void;
  insertImage: (source: string, name: string) => void;
};

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
