import type { RouteObject } from 'react-router';

export const ticketRoutes: RouteObject[] = [
  { path: 'tickets/new', lazy: async () => ({ Component: (await import('./create-ticket-page')).CreateTicketPage }) },
  { path: 'tickets/:number?', lazy: async () => ({ Component: (await import('./tickets-page')).TicketsPage }) },
];
