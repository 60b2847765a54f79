import type { RouteObject } from 'react-router';
import type { TicketPanel } from './ticket-page';

/** The list, a new ticket and the ticket itself; each is fetched when it is first opened. */
export const ticketRoutes = (panels: TicketPanel[]): RouteObject[] => [
  { path: 'tickets', lazy: async () => ({ Component: (await import('./ticket-list-page')).TicketListPage }) },
  { path: 'tickets/new', lazy: async () => ({ Component: (await import('./new-ticket-page')).NewTicketPage }) },
  {
    path: 'tickets/:id',
    lazy: async () => {
      const { TicketPage } = await import('./ticket-page');
      return { element: <TicketPage panels={panels} /> };
    },
  },
];
