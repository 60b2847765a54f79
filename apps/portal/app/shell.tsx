import { Suspense } from 'react';
import { Anchor, Text } from '@mantine/core';
import { IconListDetails, IconPlus, IconRubberStamp, IconUser, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet } from 'react-router';
import { approvalCountsQuery } from '../features/approvals/approvals.queries';
import { useMe } from '../session';
import { ErrorBoundary } from './error-boundary';
import { useLive } from './live';
import { Loading } from './loading';
import classes from './shell.module.css';

/** The frame of the pages behind the sign-in: a bar on top, and on a phone a bar under the thumb. */
export function Shell() {
  const { t } = useTranslation();
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
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

function Sections() {
  const { t } = useTranslation();
  const isAdmin = useMe().companies.some(({ rights }) => rights.isAdmin);
  const { data: approvals } = useQuery(approvalCountsQuery);
  const sections = [
    { to: '/tickets', label: t('app.tickets'), Icon: IconListDetails, end: true },
    { to: '/tickets/new', label: t('app.newTicket'), Icon: IconPlus, isMain: true },
    ...(approvals?.open
      ? [{ to: '/approvals', label: t('app.approvals', { count: approvals.open }), Icon: IconRubberStamp }]
      : []),
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
