import { useHolds } from '@/api';
import { OrderedList } from '@/directory/ordered-list';
import { Badge, Button, Switch, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconAlertTriangle, IconBolt, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { AlarmBanner } from './alarm-banner';
import classes from './automation.module.css';
import { AutomationTabs } from './automation-tabs';
import { RuleWords } from './rule-words';
import { rulesQuery, triggersQuery, useOrderRules, useSwitchRule, type Rule } from './rules.queries';

/** What the desk does by itself, in the order in which it is asked. */
export function RulesPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const isManager = useHolds('automation.manage');
  const { data, error, refetch } = useQuery(rulesQuery());
  const { data: triggers } = useQuery(triggersQuery(i18n.language));
  const order = useOrderRules();
  const add = () => void navigate('/rules/new');
  useHotkey('KeyN', add, { label: t('automation.add'), group: t('directory.keys'), isOn: isManager });
  return (
    <Page
      title={t('automation.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={add}>
            {t('automation.add')}
          </Button>
        )
      }
      toolbar={<AutomationTabs />}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} height={32} />}
      {data && <AlarmBanner />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconBolt size={36} stroke={1.3} />}
          title={t('automation.empty')}
          hint={t('automation.emptyHint')}
          action={isManager && <Button onClick={add}>{t('automation.add')}</Button>}
        />
      )}
      {data && data.length > 0 && (
        <>
          <p className={classes.hint}>
            {t('automation.hint')} {triggers && t('automation.limits', triggers)}
          </p>
          <OrderedList
            items={data}
            isOpen={isManager}
            keyOf={({ id }) => id}
            nameOf={({ name }) => name}
            onOrder={(rules) => order.mutate(rules, { onError: (problem) => notifyProblem(t('ui.failed'), problem) })}
          >
            {(rule) => <RuleItem rule={rule} isManager={isManager} />}
          </OrderedList>
        </>
      )}
    </Page>
  );
}

function RuleItem({ rule, isManager }: { rule: Rule; isManager: boolean }) {
  const { t } = useTranslation();
  const turn = useSwitchRule();
  return (
    <div className={classes.rule} data-off={!rule.isActive || undefined}>
      <div className={classes.ruleWords}>
        <div className={classes.ruleHead}>
          <span className={classes.number}>№{rule.number}</span>
          <Link to={`/rules/${rule.id}`} className={classes.name}>
            {rule.name}
          </Link>
          {rule.stopsOthers && <Badge color="gray">{t('automation.stopsOthersShort')}</Badge>}
          {rule.openAlarms > 0 && (
            <Badge color="red" component={Link} to="/rules/alarms" className={classes.badge}>
              {t('automation.alarmed', { count: rule.openAlarms })}
            </Badge>
          )}
        </div>
        <RuleWords trigger={rule.trigger} when={rule.when} actions={rule.actions} />
        {rule.findings.map(({ ruleId, message }) => (
          <Text key={ruleId} size="xs" c="var(--o-yellow)" className={classes.finding}>
            <IconAlertTriangle size={13} aria-hidden /> {message}
          </Text>
        ))}
      </div>
      <Link to={`/rules/${rule.id}/firings`} className={classes.activity}>
        {t('automation.firedLastDay', { count: rule.firedLastDay })}
        {rule.failedLastDay > 0 && (
          <span className={classes.bad}>{t('automation.failedLastDay', { count: rule.failedLastDay })}</span>
        )}
        {rule.lastFiredAt && <RelativeTime at={rule.lastFiredAt} />}
      </Link>
      <Switch
        aria-label={t('automation.isActiveOf', { name: rule.name })}
        checked={rule.isActive}
        disabled={!isManager || turn.isPending}
        onChange={(event) =>
          turn.mutate(
            { rule, isActive: event.currentTarget.checked },
            { onError: (problem) => notifyProblem(t('ui.failed'), problem) },
          )
        }
      />
    </div>
  );
}
