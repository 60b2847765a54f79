import type { Audience } from './tickets.types';

export type Attachment = { id: string; fileId: string; name: string; mime: string; size: number; url: string; audience: Audience[]; caption: string | null; isInline: boolean };
export type Author = { kind: string; id: string | null; name: string };

export type CommentView = {
  id: string;
  audience: Audience[];
  author: Author;
  html: string;
  kind: string;
  source: string;
  createdAt: string;
  /** Until this moment the author may take it back. */
  undoUntil: string | null;
  files: Attachment[];
};

export type Cause = { kind: string; id: string | null; name: string | null; reason: string | null };
export type ChangeView = { id: string; at: string; field: string; before: unknown; after: unknown; beforeLabel: string | null; afterLabel: string | null; actor: Author; cause: Cause };

/** One line of the conversation. */
export type Item =
  | { kind: 'comment'; id: string; at: string; comment: CommentView; isSending?: boolean }
  | { kind: 'change'; id: string; at: string; change: ChangeView }
  | { kind: 'file'; id: string; at: string; file: Attachment; author: Author };

export type Filter = 'all' | 'client' | 'internal' | 'files' | 'changes';
