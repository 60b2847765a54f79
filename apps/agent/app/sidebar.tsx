import { Button, Kbd } from '@mantine/core';
import { useMe } from '@/api';
import {
  IconAlarm,
  IconArchive,
  IconHourglass,
  IconInbox,
  IconPlus,
  IconSearch,
  IconSparkles,
  IconStairs,
  IconStar,
  IconUser,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useFormat } from '@opora/ui/format';
import { NotificationBell } from '../features/notifications/notification-bell';
import { ticketViewsQuery } from '../features/tickets/ticket-views.queries';
import { RunningTimer } from '../features/worklogs/running-timer';
import type { TicketListView } from '../features/tickets/tickets.types';
import { navigation } from './navigation';
import { PersonMenu } from './person-menu';
import classes from './shell.module.css';

const ICONS: Record<string, Icon> = {
  user: IconUser,
  'user-question': IconUserQuestion,
  stairs: IconStairs,
  sparkles: IconSparkles,
  alarm: IconAlarm,
  hourglass: IconHourglass,
  archive: IconArchive,
  star: IconStar,
};

/** Views with live counters, the rest of the product, the person. */
export function Sidebar({ onSearch, isInDrawer = false }: { onSearch: () => void; isInDrawer?: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: views } = useQuery(ticketViewsQuery());
  const items = navigation.filter(({ permission }) => !permission || me.permissions.includes(permission));
  return (
    <>
      {!isInDrawer && (
        <div className={classes.head}>
          <Link to="/tickets" className={classes.brand} style={{ color: 'inherit', textDecoration: 'none' }}>
            Opora
          </Link>
          <NotificationBell />
        </div>
      )}
      <div className={classes.actions}>
        {me.permissions.includes('tickets.create') && (
          <Button component={Link} to="/tickets/new" leftSection={<IconPlus size={15} />} fullWidth>
            {t('app.newTicket')}
          </Button>
        )}
        <button type="button" className={classes.search} onClick={onSearch}>
          <IconSearch size={15} />
          <span>{t('app.search')}</span>
          <Kbd size="xs">Ctrl K</Kbd>
        </button>
      </div>
      {!isInDrawer && <RunningTimer />}
      <div className={classes.lists}>
        <ViewSection title={t('app.views.shared')} views={views?.data.filter((view) => view.isShared) ?? []} />
        <ViewSection title={t('app.views.own')} views={views?.data.filter((view) => !view.isShared) ?? []} />
        {items.length > 0 && (
          <section className={classes.section}>
            <h2 className={classes.sectionTitle}>{t('app.settings')}</h2>
            {items.map((item) => (
              <NavigationLink key={item.to} {...item} />
            ))}
          </section>
        )}
      </div>
      <div className={classes.foot}>
        <PersonMenu />
      </div>
    </>
  );
}

function ViewSection({ title, views }: { title: string; views: TicketListView[] }) {
  if (views.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{title}</h2>
      {views.map((view) => (
        <ViewLink key={view.id} view={view} />
      ))}
    </section>
  );
}

function ViewLink({ view }: { view: TicketListView }) {
  const { pathname } = useLocation();
  const format = useFormat();
  const [search] = useSearchParams();
  const isCurrent = pathname.startsWith('/tickets') && search.get('view') === view.id;
  const ViewIcon = ICONS[view.icon] ?? IconInbox;
  return (
    <Link to={`/tickets?view=${view.id}`} className={classes.item} aria-current={isCurrent ? 'page' : undefined}>
      <ViewIcon size={16} stroke={1.7} />
      <span className={classes.itemName}>{view.name}</span>
      <span className={classes.count}>{format.number(view.count)}</span>
    </Link>
  );
}

function NavigationLink({ to, label, Icon }: { to: string; label: string; Icon: Icon }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <Link
      to={to}
      className={classes.item}
      aria-current={pathname === to || pathname.startsWith(`${to}/`) ? 'page' : undefined}
    >
      <Icon size={16} stroke={1.7} />
      <span className={classes.itemName}>{t(label)}</span>
    </Link>
  );
}
