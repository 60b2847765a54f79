import { Navigate, useRoutes, type RouteObject } from 'react-router';
import { approvalRoutes, approveRoutes } from '../features/approvals/routes';
import { peopleRoutes } from '../features/people/routes';
import { profileRoutes } from '../features/profile/routes';
import { ratingRoutes } from '../features/ratings/routes';
import { signInRoutes } from '../features/sign-in/routes';
import { ticketRoutes } from '../features/tickets/routes';
import { Gate } from './gate';
import { NotFound } from './page-states';
import { Root } from './root';
import { Shell } from './shell';
import { ticketPanels } from './ticket-panels';

// Without loaders and actions the router is half as heavy: a phone pays for what it uses.
const routes: RouteObject[] = [
  {
    element: <Root />,
    children: [
      {
        element: <Gate />,
        children: [
          {
            element: <Shell />,
            children: [
              { index: true, element: <Navigate to="/tickets" replace /> },
              ...ticketRoutes(ticketPanels),
              ...approvalRoutes,
              ...peopleRoutes,
              ...profileRoutes,
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
      ...signInRoutes,
      ...ratingRoutes,
      ...approveRoutes,
    ],
  },
];

/** Every page of the portal: those behind the gate need a person. */
export const PortalRoutes = () => useRoutes(routes);
