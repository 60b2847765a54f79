import { lazy } from 'react';

/** What other features show on the ticket page, in this order. */
export const ticketPanels = [
  {
    id: 'rating',
    Panel: lazy(() => import('../features/ratings/rating-panel').then(({ RatingPanel }) => ({ default: RatingPanel }))),
  },
];
