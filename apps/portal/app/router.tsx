import type { QueryClient } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { createBrowserRouter, Navigate, redirect, type RouteObject } from 'react-router';
import { LOCALES } from '@opora/ui/i18n';
import { api } from '../api';
import { peopleRoutes } from '../features/people/routes';
import { profileRoutes } from '../features/profile/routes';
import { ratingRoutes } from '../features/ratings/routes';
import { signInRoutes } from '../features/sign-in/routes';
import { ticketRoutes } from '../features/tickets/routes';
import { meQuery, mustChangePassword } from '../session';
import { NotFound, PageFailed } from './page-states';
import { Loading, Root, Shell } from './shell';
import { ticketPanels } from './ticket-panels';

/** Every page of the portal: the first group needs a person, the second does not. */
export const portalRoutes = (queries: QueryClient, i18n: i18n): RouteObject[] => [
  {
    element: <Root />,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Loading />,
    children: [
      {
        id: 'portal',
        element: <Shell />,
        loader: ({ request }) => requirePerson(queries, i18n, request),
        shouldRevalidate: () => false,
        children: [
          {
            errorElement: <PageFailed />,
            children: [
              { index: true, element: <Navigate to="/tickets" replace /> },
              ...ticketRoutes(ticketPanels),
              ...peopleRoutes,
              ...profileRoutes,
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
      ...signInRoutes,
      ...ratingRoutes,
    ],
  },
];

export const createPortalRouter = (queries: QueryClient, i18n: i18n) =>
  createBrowserRouter(portalRoutes(queries, i18n), { basename: '/portal' });

async function requirePerson(queries: QueryClient, i18n: i18n, request: Request) {
  const { pathname, search } = new URL(request.url);
  const next = encodeURIComponent(pathname.replace(/^\/portal/, '') + search);
  if (!(await api.session.token())) return redirect(`/sign-in?next=${next}`);
  if (mustChangePassword()) return redirect(`/password?next=${next}`);
  const me = await queries.ensureQueryData(meQuery);
  if (LOCALES.some((locale) => locale === me.locale) && me.locale !== i18n.language)
    await i18n.changeLanguage(me.locale);
  return null;
}
