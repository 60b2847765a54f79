import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import tabs from '@/directory/directory.module.css';

const TABS = [
  { to: '/dispatch', label: 'dispatch.board.title' },
  { to: '/dispatch/zones', label: 'dispatch.zones.title' },
  { to: '/dispatch/objects', label: 'dispatch.objects.title' },
  { to: '/dispatch/skills', label: 'dispatch.skills.title' },
];

/** The board, zones, objects, skills. */
export function DispatchTabs() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isHere = (to: string) => (to === '/dispatch' ? pathname === to : pathname.startsWith(to));
  return (
    <nav aria-label={t('dispatch.section')} className={tabs.tabs}>
      {TABS.map(({ to, label }) => (
        <Link key={to} to={to} className={tabs.tab} aria-current={isHere(to) ? 'page' : undefined}>
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
