import { TicketConditionSentence } from '@/pickers/ticket-condition';
import { Badge, Switch } from '@mantine/core';
import type { Condition } from '@opora/ui/conditions';
import { notifyProblem } from '@opora/ui/theme';
import { IconAlertTriangle, IconArrowRight, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSwitchRow, type RoutingRow } from './routing.queries';
import classes from './routing.module.css';

/** A row in words: when, and who gets it; what is the matter with it stands below. */
export function RoutingRowWords({ row, isOpen }: { row: RoutingRow; isOpen: boolean }) {
  const { t } = useTranslation();
  const toggle = useSwitchRow();
  return (
    <div className={classes.row} data-off={!row.isActive || row.isBroken || undefined}>
      <div className={classes.when}>
        <div className={classes.nameLine}>
          <Link to={`/routing/${row.id}`} className={classes.name}>
            {row.name}
          </Link>
          {row.isBroken && <Badge color="red">{t('routing.broken')}</Badge>}
        </div>
        <div className={classes.condition}>
          <TicketConditionSentence value={row.when as Condition} />
          {row.hours !== 'any' && (
            <span className={classes.hours}>
              <IconClock size={13} aria-hidden /> {t(`routing.hours.${row.hours}`, { name: row.calendar?.name })}
            </span>
          )}
        </div>
        {row.findings.map(({ kind, message }) => (
          <div key={kind} className={classes.finding}>
            <IconAlertTriangle size={13} aria-hidden /> {message}
          </div>
        ))}
      </div>
      <div className={classes.target}>
        <IconArrowRight size={14} aria-hidden className={classes.arrow} />
        <span>
          <b>{row.team.name}</b>
          {row.assignee && <span className={classes.person}>{row.assignee.name}</span>}
        </span>
      </div>
      <Switch
        size="xs"
        className={classes.switch}
        aria-label={t('routing.isActiveOf', { name: row.name })}
        disabled={!isOpen || toggle.isPending}
        checked={row.isActive}
        onChange={(event) =>
          toggle.mutate(
            { row, isActive: event.currentTarget.checked },
            { onError: (problem) => notifyProblem(t('ui.failed'), problem) },
          )
        }
      />
    </div>
  );
}
