import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { accountRoutes } from '../features/account/routes';
import { approvalsRoutes } from '../features/approvals/routes';
import { automationRoutes } from '../features/automation/routes';
import { channelsRoutes } from '../features/channels/routes';
import { checklistRoutes } from '../features/checklists/routes';
import { clientRoutes } from '../features/clients/routes';
import { dispatchRoutes } from '../features/dispatch/routes';
import { fieldRoutes } from '../features/fields/routes';
import { macroRoutes } from '../features/macros/routes';
import { notificationRoutes } from '../features/notifications/routes';
import { peopleRoutes } from '../features/people/routes';
import { planningRoutes } from '../features/planning/routes';
import { routingRoutes } from '../features/routing/routes';
import { slaConfigRoutes } from '../features/sla-config/routes';
import { slaRoutes } from '../features/sla/routes';
import { systemRoutes } from '../features/system/routes';
import { ticketConfigRoutes } from '../features/ticket-config/routes';
import { ticketRoutes } from '../features/tickets/routes';
import { worklogRoutes } from '../features/worklogs/routes';
import { NotFoundScreen, RouteFailure } from './route-failure';
import { Shell } from './shell';

/** Every screen: one line for each feature. */
export const routes: RouteObject[] = [
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: RouteFailure,
    HydrateFallback: () => null,
    children: [
      { index: true, element: <Navigate to="/tickets" replace /> },
      {
        ErrorBoundary: RouteFailure,
        children: [
          ...ticketRoutes,
          ...worklogRoutes,
          ...checklistRoutes,
          ...approvalsRoutes,
          ...planningRoutes,
          ...macroRoutes,
          ...notificationRoutes,
          ...accountRoutes,
          ...clientRoutes,
          ...peopleRoutes,
          ...ticketConfigRoutes,
          ...fieldRoutes,
          ...channelsRoutes,
          ...routingRoutes,
          ...automationRoutes,
          ...slaRoutes,
          ...dispatchRoutes,
          ...slaConfigRoutes,
          ...systemRoutes,
          { path: '*', Component: NotFoundScreen },
        ],
      },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
