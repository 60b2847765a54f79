import type { Notification } from './notifications.queries';

export type SubjectLines = { key: string; to: string; number: number; title: string; lines: Notification[] };

/** Lines of one ticket together, where the newest of them stands. */
export function bySubject(notifications: readonly Notification[]): SubjectLines[] {
  const groups = new Map<string, SubjectLines>();
  for (const each of notifications) {
    const { ticket, approval } = each;
    const key = ticket?.id ?? approval?.id ?? each.id;
    const known = groups.get(key);
    if (known) known.lines.push(each);
    else
      groups.set(key, {
        key,
        to: ticket ? `/tickets/${ticket.number}` : `/approvals/${approval?.number ?? ''}`,
        number: ticket?.number ?? approval?.number ?? 0,
        title: ticket?.subject ?? approval?.title ?? '',
        lines: [each],
      });
  }
  return [...groups.values()];
}
