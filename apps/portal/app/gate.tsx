import { useEffect } from 'react';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { api } from '../api';
import { useMe, useSessionState } from '../session';

// Asked once: from then on the session itself tells when it ends.
const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await api.session.token()) !== null,
  staleTime: Infinity,
});

/** Lets a signed-in person through; sends the others to sign in, and whoever has an issued password to replace it. */
export function Gate() {
  useSuspenseQuery(sessionQuery);
  const state = useSessionState();
  const { pathname, search } = useLocation();
  // After a sign-out from the profile the next person wants the beginning, not the profile.
  const next = pathname === '/profile' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
  if (state.kind !== 'in') return <Navigate to={`/sign-in${next}`} replace />;
  if (state.mustChangePassword) return <Navigate to={`/password${next}`} replace />;
  return <Admitted />;
}

function Admitted() {
  const { locale } = useMe();
  const { i18n } = useTranslation();
  useEffect(() => {
    if (locale !== i18n.language) void i18n.changeLanguage(locale);
    // The profile's language is applied when it becomes known; what is chosen on the screen later stands.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [locale]);
  return <Outlet />;
}
