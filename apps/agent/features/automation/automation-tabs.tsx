import classes from '@/directory/directory.module.css';
import { useQuery, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { alarmsQuery, ruleQuery } from './rules.queries';

type Tab = { to: string; label: string };

/** The rules and those that were stopped. */
export function AutomationTabs() {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(alarmsQuery('open'));
  const count = data?.pages[0]?.data.length ?? 0;
  return (
    <Tabs
      label={t('automation.title')}
      tabs={[
        { to: '/rules', label: t('automation.title') },
        { to: '/rules/alarms', label: count ? `${t('automation.alarms')} · ${count}` : t('automation.alarms') },
      ]}
    />
  );
}

/** One rule: what it says, what it did, what it sent. */
export function RuleTabs({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: rule } = useQuery({ ...ruleQuery(id), enabled: id !== 'new' });
  if (id === 'new') return <Tabs label={t('automation.title')} tabs={[{ to: '/rules', label: t('automation.all') }]} />;
  const sends = rule?.actions.some(({ action }) => action === 'webhook');
  return (
    <Tabs
      label={t('automation.rule')}
      tabs={[
        { to: '/rules', label: t('automation.all') },
        { to: `/rules/${id}`, label: t('automation.rule') },
        { to: `/rules/${id}/firings`, label: t('automation.firings') },
        ...(sends ? [{ to: `/rules/${id}/deliveries`, label: t('automation.deliveries') }] : []),
      ]}
    />
  );
}

function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const { pathname } = useLocation();
  const isAt = (to: string) => pathname === to || (to.endsWith('/firings') && pathname.startsWith(`${to}/`));
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map(({ to, label: name }) => (
        <Link key={to} to={to} className={classes.tab} aria-current={isAt(to) ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
