import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import classes from './directory.module.css';

/** `count` is what waits there; nought is not shown. */
export type SectionTab = { to: string; label: string; count?: number };

/** The parts of one section, side by side. */
export function SectionTabs({ labelKey, tabs }: { labelKey: string; tabs: SectionTab[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the screen.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={t(labelKey)} className={classes.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          className={classes.tab}
          aria-current={pathname.startsWith(tab.to) ? 'page' : undefined}
        >
          {t(tab.label)}
          {!!tab.count && <span className={classes.tabCount}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
