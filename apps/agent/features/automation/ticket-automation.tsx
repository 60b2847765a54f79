import type { Schemas } from '@opora/client';
import { UnstyledButton } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { FiringDrawer } from './firing-drawer';
import { OutcomeBadge } from './outcome-badge';
import { ticketFiringsQuery } from './rules.queries';

/** Which rules met this ticket; each tells why. */
export function TicketAutomation({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(ticketFiringsQuery(ticket.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={4} />;
  if (data.length === 0) return <EmptyState title={t('automation.noTicketFirings')} />;
  return (
    <>
      <ul className={classes.met}>
        {data.map((firing) => (
          <li key={firing.id}>
            <UnstyledButton className={classes.metButton} onClick={() => setOpened(firing.id)}>
              <span className={classes.ruleHead}>
                <OutcomeBadge outcome={firing.outcome} />
                <span className={classes.metName}>
                  №{firing.rule.number} {firing.rule.name}
                </span>
                <RelativeTime at={firing.at} className={classes.dim} />
              </span>
              <span className={classes.dim}>{firing.reason ?? firing.event}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {opened && <FiringDrawer id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
