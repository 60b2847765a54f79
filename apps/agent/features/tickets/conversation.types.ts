import type { Attachment, Author, ChangeView, CommentView } from './tickets.types';

/** One line of the conversation. */
export type Item =
  | { kind: 'comment'; id: string; at: string; comment: CommentView; isSending?: boolean; title?: string }
  | { kind: 'change'; id: string; at: string; change: ChangeView }
  | { kind: 'file'; id: string; at: string; file: Attachment; author: Author };

export type Filter = 'all' | 'client' | 'internal' | 'files' | 'changes';
