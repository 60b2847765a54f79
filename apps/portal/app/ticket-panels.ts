import { lazyPage } from '../lazy-page';

/** What other features show on the ticket page, in this order. */
export const ticketPanels = [
  { id: 'rating', Panel: lazyPage(() => import('../features/ratings/rating-panel'), 'RatingPanel') },
  { id: 'checklists', Panel: lazyPage(() => import('../features/tickets/checklists-panel'), 'ChecklistsPanel') },
];
