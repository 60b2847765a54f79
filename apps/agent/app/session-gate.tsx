import { api, useSession } from '@/api';
import { Loading } from '@opora/ui/page';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@opora/ui/page';

const SignInPage = lazy(() =>
  import('../features/account/sign-in-page').then((page) => ({ default: page.SignInPage })),
);
const NewPasswordPage = lazy(() =>
  import('../features/account/new-password-page').then((page) => ({ default: page.NewPasswordPage })),
);

/** Lets in only who is signed in; the address stays as it was, so the screen asked for opens after signing in. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const queries = useQueryClient();
  const { i18n } = useTranslation();
  const [failure, setFailure] = useState<unknown>(null);
  const person = session.kind === 'in' ? session.me.id : null;

  useEffect(() => {
    if (session.kind === 'unknown') api.session.refresh().catch(setFailure);
    // What one person saw must not be there for the next one at this desk.
    if (session.kind === 'out') queries.clear();
  }, [session.kind, queries]);
  useEffect(() => {
    if (session.kind === 'in' && !localStorage.getItem('opora.locale')) void i18n.changeLanguage(session.me.locale);
    // Once for each person who signs in.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [person]);

  if (failure && session.kind === 'unknown') {
    return (
      <ErrorState
        error={failure}
        onRetry={() => {
          setFailure(null);
          api.session.refresh().catch(setFailure);
        }}
      />
    );
  }
  if (session.kind === 'unknown') return <Loading />;
  if (session.kind === 'out') return <Suspense fallback={<Loading />}>{<SignInPage />}</Suspense>;
  if (session.mustChangePassword) return <Suspense fallback={<Loading />}>{<NewPasswordPage />}</Suspense>;
  return children;
}
