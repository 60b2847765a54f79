/** What a status means, whatever it is called: rules and lists depend on the category, people read the name. */
export const STATUS_CATEGORIES = ['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'] as const;
export type StatusCategory = (typeof STATUS_CATEGORIES)[number];

/** Categories in which the work goes on. */
export const OPEN_CATEGORIES: readonly StatusCategory[] = ['new', 'in_work', 'waiting_client', 'waiting_partner'];

export const isOpen = (category: StatusCategory): boolean => OPEN_CATEGORIES.includes(category);

type Milestones = { solvedAt: Date | null; closedAt: Date | null; awaiting: 'us' | 'client' | null };

/** What follows from entering a status of this category: the milestones and whose move it is. */
export function entering(category: StatusCategory, now: Date, before: Pick<Milestones, 'solvedAt'>): Milestones {
  switch (category) {
    case 'done':
      return { solvedAt: now, closedAt: null, awaiting: null };
    case 'closed':
      return { solvedAt: before.solvedAt ?? now, closedAt: now, awaiting: null };
    case 'waiting_client':
      return { solvedAt: null, closedAt: null, awaiting: 'client' };
    default:
      return { solvedAt: null, closedAt: null, awaiting: 'us' };
  }
}

/** Days after closing in which a client's message opens the ticket again. */
export const REOPEN_DAYS = 14;

/** What a client's message does to the status: moves it back to work, leaves it, or is too late. */
export function onClientMessage(
  category: StatusCategory,
  closedAt: Date | null,
  now: Date,
): 'resume' | 'stay' | 'too_late' {
  if (category === 'waiting_client' || category === 'done') return 'resume';
  if (category !== 'closed') return 'stay';
  const age = now.getTime() - (closedAt ?? now).getTime();
  return age <= REOPEN_DAYS * 86_400_000 ? 'resume' : 'too_late';
}
