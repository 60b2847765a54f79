import { ActionIcon, Burger, Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { HotkeySheet, useHotkey } from '@opora/ui/hotkeys';
import { Loading } from '@opora/ui/page';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { NotificationBell } from '../features/notifications/notification-bell';
import { RunningTimer } from '../features/worklogs/running-timer';
import { NewVersionBanner } from './new-version-banner';
import classes from './shell.module.css';
import { Sidebar } from './sidebar';
import { LiveBanner, useLiveUpdates } from './use-live-updates';

const loadPalette = () => import('./palette');
const Palette = lazy(() => loadPalette().then(({ Palette }) => ({ default: Palette })));
const WARM_MS = 2500;

/** The frame of every screen: views and navigation at the left, the palette over all. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const isNarrow = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false });
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const [palette, setPalette] = useState<'never' | 'open' | 'closed'>('never');
  const live = useLiveUpdates();
  const group = t('app.keys.everywhere');
  const openPalette = () => setPalette('open');

  useHotkey('mod+KeyK', openPalette, { label: t('app.palette.open'), group });
  useHotkey('KeyC', () => void navigate('/tickets/new'), { label: t('app.newTicket'), group });
  useHotkey('KeyG', () => void navigate('/tickets'), { label: t('app.goToTickets'), group });
  // By the time somebody presses Ctrl-K it is there: the next key must not be taken for a command.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), WARM_MS);
    return () => clearTimeout(timer);
  }, []);
  const { close } = drawer;
  useEffect(() => close(), [pathname, search, close]);

  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        {t('app.skip')}
      </a>
      {!isNarrow && (
        <nav className={classes.sidebar} aria-label={t('app.navigation')}>
          <Sidebar onSearch={openPalette} />
        </nav>
      )}
      <div className={classes.column}>
        {isNarrow && (
          <header className={classes.topbar}>
            <Burger opened={isDrawerOpen} onClick={drawer.toggle} size="sm" aria-label={t('app.menu')} />
            <span className={classes.brand}>Opora</span>
            <RunningTimer />
            <ActionIcon size={40} aria-label={t('app.search')} onClick={openPalette}>
              <IconSearch size={20} />
            </ActionIcon>
            <NotificationBell size={40} />
          </header>
        )}
        <LiveBanner state={live} />
        <NewVersionBanner />
        <main id="main" className={classes.main} tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {isNarrow && (
        <Drawer
          opened={isDrawerOpen}
          onClose={drawer.close}
          size={280}
          title="Opora"
          padding={0}
          styles={{ header: { paddingInline: 14 } }}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
        >
          <nav aria-label={t('app.navigation')}>
            <Sidebar onSearch={() => (drawer.close(), openPalette())} isInDrawer />
          </nav>
        </Drawer>
      )}
      {palette !== 'never' && (
        <Suspense fallback={null}>
          <Palette opened={palette === 'open'} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
      <HotkeySheet />
    </div>
  );
}
