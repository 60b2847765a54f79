import { Suspense, useEffect } from 'react';
import { Anchor, Box, Skeleton, Stack, Text } from '@mantine/core';
import { IconListDetails, IconPlus, IconUser, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { useIsSignedOut, useMe } from '../session';
import { useLive } from './live';
import classes from './shell.module.css';

/** What every page has, signed in or not. */
export function Root() {
  return (
    <>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
      <ScrollRestoration />
    </>
  );
}

/** The frame of the pages behind the sign-in: a bar on top, and on a phone a bar under the thumb. */
export function Shell() {
  const { t } = useTranslation();
  useSignedOutRedirect();
  const live = useLive();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Anchor component={Link} to="/tickets" className={classes.brand} underline="never">
            <img src="/portal/icon.svg" alt="" width={28} height={28} />
            <span>{t('app.brand')}</span>
            <Text component="span" size="sm" c="dimmed" visibleFrom="xs">
              {t('app.name')}
            </Text>
          </Anchor>
          <Sections />
        </div>
      </header>
      <div aria-live="polite">
        {live === 'lost' && !navigator.onLine && <p className={classes.offline}>{t('app.offline')}</p>}
      </div>
      <main id="content" className={classes.main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function Sections() {
  const { t } = useTranslation();
  const isAdmin = useMe().companies.some(({ rights }) => rights.isAdmin);
  const sections = [
    { to: '/tickets', label: t('app.tickets'), Icon: IconListDetails, end: true },
    { to: '/tickets/new', label: t('app.newTicket'), Icon: IconPlus, isMain: true },
    ...(isAdmin ? [{ to: '/people', label: t('app.people'), Icon: IconUsers }] : []),
    { to: '/profile', label: t('app.profile'), Icon: IconUser },
  ];
  return (
    <nav className={classes.sections} aria-label={t('app.navigation')}>
      {sections.map(({ to, label, Icon, ...section }) => (
        <NavLink
          key={to}
          to={to}
          end={'end' in section}
          className={classes.section}
          data-main={'isMain' in section || undefined}
        >
          <span className={classes.icon}>
            <Icon size={20} stroke={1.8} aria-hidden />
          </span>
          <span>{label}</span>
        </NavLink>
      ))}
    </nav>
  );
}

/** The grey outline of a page that is on its way; waits a moment, so that quick pages never flicker. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <Box className={classes.loading} role="status">
      <span className={classes.hidden}>{t('app.loading')}</span>
      <Stack gap="sm" aria-hidden>
        <Skeleton h={32} w="55%" />
        <Skeleton h={84} />
        <Skeleton h={84} />
        <Skeleton h={84} />
      </Stack>
    </Box>
  );
}

function useSignedOutRedirect() {
  const isOut = useIsSignedOut();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (isOut) void navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`, { replace: true });
    // Only the end of the session matters: a later change of the address must not navigate again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOut]);
}
