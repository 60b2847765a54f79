import type { RouteObject } from 'react-router';
import { lazyPage } from '@/lazy-page';
import type { TicketPanel } from './ticket-page';

const TicketListPage = lazyPage(() => import('./ticket-list-page'), 'TicketListPage');
const NewTicketPage = lazyPage(() => import('./new-ticket-page'), 'NewTicketPage');
const TicketPage = lazyPage(() => import('./ticket-page'), 'TicketPage');

/** The list, a new ticket and the ticket itself. */
export const ticketRoutes = (panels: TicketPanel[]): RouteObject[] => [
  { path: 'tickets', element: <TicketListPage /> },
  { path: 'tickets/new', element: <NewTicketPage /> },
  { path: 'tickets/:id', element: <TicketPage panels={panels} /> },
];
