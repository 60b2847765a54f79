import { useHolds } from '@/api';
import { useRows } from '@/directory/use-rows';
import { Badge, Button, Switch, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './automation.module.css';
import { AutomationTabs } from './automation-tabs';
import { alarmsQuery, useResolveAlarm, type RuleAlarm } from './rules.queries';

/** Rules that were stopped: which, on what ticket, why, and who called whom. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  const query = useInfiniteQuery(alarmsQuery(isAll ? 'all' : 'open'));
  const { rows, more } = useRows(query);
  return (
    <Page title={t('automation.alarms')} toolbar={<AutomationTabs />}>
      <Switch
        mb="sm"
        label={t('automation.alarmsAll')}
        checked={isAll}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading lines={4} height={48} />}
      {query.data && rows.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck size={36} stroke={1.3} />}
          title={t('automation.noAlarms')}
          hint={t('automation.noAlarmsHint')}
        />
      )}
      <ul className={classes.alarms}>
        {rows.map((alarm) => (
          <Alarm key={alarm.id} alarm={alarm} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" onClick={more} loading={query.isFetchingNextPage}>
          {t('ui.more')}
        </Button>
      )}
    </Page>
  );
}

function Alarm({ alarm }: { alarm: RuleAlarm }) {
  const { t } = useTranslation();
  const isManager = useHolds('automation.manage');
  const resolve = useResolveAlarm();
  return (
    <li className={classes.alarm} data-over={alarm.resolvedAt ? true : undefined}>
      <div className={classes.ruleWords}>
        <div className={classes.ruleHead}>
          <Link to={`/rules/${alarm.rule.id}`} className={classes.name}>
            №{alarm.rule.number} {alarm.rule.name}
          </Link>
          {alarm.count > 1 && <Badge color="gray">{t('automation.howOften', { count: alarm.count })}</Badge>}
          <RelativeTime at={alarm.lastAt} className={classes.dim} />
        </div>
        <Text size="sm">{alarm.message}</Text>
        <Text size="sm" c="dimmed">
          <Link to={`/tickets/${alarm.ticket.number}`} className={classes.ticket}>
            {alarm.ticket.number} {alarm.ticket.subject}
          </Link>
        </Text>
        {alarm.chain.length > 0 && (
          <p className={classes.chain}>
            {t('automation.chain')} {alarm.chain.map(({ number, name }) => `№${number} ${name}`).join(' → ')}
          </p>
        )}
        {alarm.resolvedAt && (
          <Text size="xs" c="dimmed">
            {t('automation.resolvedBy', { name: alarm.resolvedBy?.name ?? '—' })} <RelativeTime at={alarm.resolvedAt} />
          </Text>
        )}
      </div>
      {isManager && !alarm.resolvedAt && (
        <Button
          variant="default"
          loading={resolve.isPending}
          onClick={() =>
            resolve.mutate(alarm.id, {
              onSuccess: () => notifyDone(t('automation.resolved')),
              onError: (problem) => notifyProblem(t('ui.failed'), problem),
            })
          }
        >
          {t('automation.resolve')}
        </Button>
      )}
    </li>
  );
}
