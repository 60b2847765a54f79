import { SideDrawer } from '@/directory/form-drawer';
import { Alert } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHolds } from '@/api';
import classes from './automation.module.css';
import { ChangeLines } from './change-lines';
import { ConditionLines } from './condition-lines';
import { OutcomeBadge } from './outcome-badge';
import { firingQuery } from './rules.queries';

/** «Почему так»: which rule, what it saw, what it changed. */
export function FiringDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideDrawer title={t('automation.why')} onClose={onClose} size={520}>
      <FiringWords id={id} />
    </SideDrawer>
  );
}

function FiringWords({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const maySeeRules = useHolds('automation.read');
  const { data, error, refetch } = useQuery(firingQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  const { rule, ticket } = data;
  const name = `№${rule.number} ${rule.name}`;
  return (
    <div className={classes.parts}>
      <div className={classes.ruleHead}>
        <OutcomeBadge outcome={data.outcome} />
        {maySeeRules ? (
          <Link to={`/rules/${rule.id}`} className={classes.name}>
            {name}
          </Link>
        ) : (
          <b>{name}</b>
        )}
      </div>
      <p className={classes.hint}>
        {[format.dateTime(data.at), data.event, t('automation.version', { version: data.version })].join(' · ')}
        {data.depth > 0 && ` · ${t('automation.depth', { count: data.depth })}`}
      </p>
      <Link to={`/tickets/${ticket.number}`} className={classes.ticket}>
        {ticket.number} {ticket.subject}
      </Link>
      {data.reason && <Alert color={data.outcome === 'failed' ? 'red' : 'orange'}>{data.reason}</Alert>}
      <div>
        <h4 className={classes.smallTitle}>{t('automation.conditions')}</h4>
        <ConditionLines lines={data.condition} />
      </div>
      {data.changes.length > 0 && <ChangeLines title={t('automation.did')} lines={data.changes} />}
      {data.outcome === 'fired' && data.changes.length === 0 && (
        <p className={classes.hint}>{t('automation.noChange')}</p>
      )}
    </div>
  );
}
