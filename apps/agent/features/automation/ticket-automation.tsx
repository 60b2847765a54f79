import { Button, UnstyledButton } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { RelativeTime } from '@opora/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { FiringDrawer } from './firing-drawer';
import { OutcomeBadge } from './outcome-badge';
import { ticketFiringsQuery } from './rules.queries';

/** Shown before somebody asks for all of them. */
const FEW = 3;

/** Which rules met this ticket, each with its «why»; nothing where none did. */
export function TicketAutomation({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(false);
  const { data = [] } = useQuery(ticketFiringsQuery(ticket.id, ticket.version));
  if (data.length === 0) return null;
  const shown = isWhole ? data : data.slice(0, FEW);
  return (
    <section className={classes.section} aria-label={t('automation.tab')}>
      <h2 className={classes.sectionTitle}>{t('automation.tab')}</h2>
      <ul className={classes.met}>
        {shown.map((firing) => (
          <li key={firing.id}>
            <UnstyledButton
              className={classes.metButton}
              title={t('automation.why')}
              onClick={() => setOpened(firing.id)}
            >
              <span className={classes.metHead}>
                <span className={classes.metName}>
                  №{firing.rule.number} {firing.rule.name}
                </span>
                <RelativeTime at={firing.at} className={classes.metAt} />
              </span>
              {firing.outcome !== 'fired' && <OutcomeBadge outcome={firing.outcome} />}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {data.length > FEW && !isWhole && (
        <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
          {t('ui.more')}
        </Button>
      )}
      {opened && <FiringDrawer id={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
