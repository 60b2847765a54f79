import { Popover, UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ticket-pane.module.css';
import type { TicketView } from './tickets.types';

/** Why the ticket is with this team: behind a small sign beside it. */
export function RoutingWhy({ routing }: { routing: TicketView['routing'] }) {
  const { t } = useTranslation();
  if (!routing || routing.by === 'none') return null;
  const { by, level, name, absent } = routing;
  return (
    <Popover position="bottom-start" shadow="md" width={280} withinPortal>
      <Popover.Target>
        <UnstyledButton className={classes.why} aria-label={t('tickets.routing.ask')} title={t('tickets.routing.ask')}>
          <IconInfoCircle size={16} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.whyWords}>
        <b>{t('tickets.routing.title')}</b>
        <div>{t(`tickets.routing.by.${by}${level ? `.${level}` : ''}`, { name })}</div>
        {absent.length > 0 && <div>{t('tickets.routing.absent', { names: absent.join(' → ') })}</div>}
      </Popover.Dropdown>
    </Popover>
  );
}
