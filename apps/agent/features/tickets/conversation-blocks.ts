import type { Filter, Item } from './conversation.types';

/** What the conversation is drawn from: a day's heading, a message, a run of changes folded into one line. */
export type Block =
  | { kind: 'day'; id: string; at: string }
  | { kind: 'item'; id: string; item: Item }
  | { kind: 'run'; id: string; items: Item[] };

/** Whether an item stands under a chip of the filter. */
export function isShown(item: Item, filter: Filter): boolean {
  if (filter === 'all') return true;
  if (filter === 'changes') return item.kind === 'change';
  if (filter === 'files')
    return item.kind === 'file' || (item.kind === 'comment' && item.comment.files.some(({ isInline }) => !isInline));
  return item.kind === 'comment' && item.comment.audience.includes('client') === (filter === 'client');
}

/** Items in time order with days between them; neighbouring changes become one run. */
export function toBlocks(items: Item[], filter: Filter, dayOf: (at: string) => string): Block[] {
  const blocks: Block[] = [];
  let day = '';
  for (const item of items) {
    if (!isShown(item, filter)) continue;
    if (dayOf(item.at) !== day) {
      day = dayOf(item.at);
      blocks.push({ kind: 'day', id: `day-${day}`, at: item.at });
    }
    const last = blocks.at(-1);
    if (item.kind !== 'change') blocks.push({ kind: 'item', id: item.id, item });
    else if (last?.kind === 'run') last.items.push(item);
    else blocks.push({ kind: 'run', id: `run-${item.id}`, items: [item] });
  }
  return blocks;
}

/** The block that shows an item; null when none does. */
export const blockOf = (blocks: Block[], itemId: string): string | null =>
  blocks.find((block) => block.id === itemId || (block.kind === 'run' && block.items.some(({ id }) => id === itemId)))
    ?.id ?? null;

/** The first message after the last one seen that is not the reader's own; null when everything has been seen. */
export function firstUnread(items: Item[], lastSeen: string | null, readerId: string): string | null {
  const comments = items.filter((item) => item.kind === 'comment');
  const at = lastSeen === null ? -1 : comments.findIndex(({ id }) => id === lastSeen);
  if (lastSeen !== null && at < 0) return null;
  return comments.slice(at + 1).find(({ comment }) => comment.author.id !== readerId)?.id ?? null;
}
