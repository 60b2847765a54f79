import { useHolds } from '@/api';
import { TicketConditionSentence } from '@/pickers/ticket-condition';
import { Badge, Button, Switch, UnstyledButton } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { EffectsSentence } from './effects-sentence';
import classes from './fields.module.css';
import { rulesQuery, useOrderRules, useSwitchRule, type FormRule } from './fields.queries';
import { FieldsTabs } from './fields-tabs';
import { moved, OrderButtons } from './order-buttons';
import { RuleDrawer } from './rule-drawer';
import { RuleTester } from './rule-tester';

/** When which field is shown, required, locked or limited; beside the rules a form to try them on. */
export function FormRulesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const isManager = useHolds('fields.manage');
  const query = useInfiniteQuery(rulesQuery());
  const rules = query.data?.pages[0]?.data;
  const go = (to?: string) => void navigate(`/fields/rules${to ? `/${to}` : ''}`);
  useHotkey('KeyN', () => go('new'), { label: t('fields.rules.add'), group: t('directory.keys'), isOn: isManager });
  const add = isManager && (
    <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
      {t('fields.rules.add')}
    </Button>
  );
  return (
    <Page title={t('fields.rules.title')} actions={add} toolbar={<FieldsTabs />} isWide>
      <div className={classes.page}>
        {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Loading lines={8} />}
        {rules && (
          <div className={classes.rules}>
            {rules.length === 0 ? (
              <EmptyState
                icon={<IconListCheck size={36} stroke={1.3} />}
                title={t('fields.rules.empty')}
                hint={t('fields.rules.emptyHint')}
                action={add}
              />
            ) : (
              <RuleList rules={rules} isManager={isManager} onOpen={go} />
            )}
            <RuleTester />
          </div>
        )}
      </div>
      {id && (id === 'new' || rules) && (
        <RuleDrawer
          key={id}
          rule={id === 'new' ? null : rules?.find((rule) => rule.id === id)}
          isManager={isManager}
          onClose={() => go()}
        />
      )}
    </Page>
  );
}

type ListProps = { rules: FormRule[]; isManager: boolean; onOpen: (id: string) => void };

function RuleList({ rules, isManager, onOpen }: ListProps) {
  const { t } = useTranslation();
  const order = useOrderRules();
  const toggle = useSwitchRule();
  const failed = (error: Error) => notifyProblem(t('ui.failed'), error);
  return (
    <ol className={classes.list} aria-label={t('fields.rules.title')}>
      {rules.map((rule, at) => (
        <li key={rule.id} className={classes.rule} data-off={!rule.isActive || undefined}>
          <span className={classes.place}>{at + 1}</span>
          <UnstyledButton className={classes.ruleBody} onClick={() => onOpen(rule.id)}>
            <span className={classes.ruleName}>
              {rule.name} {!rule.isActive && <Badge color="gray">{t('fields.rules.off')}</Badge>}
            </span>
            <span>
              <span className={classes.dim}>{t('fields.rules.when')}</span>{' '}
              <TicketConditionSentence value={rule.when} />
            </span>
            <span>
              <span className={classes.dim}>{t('fields.rules.then')}</span> <EffectsSentence effects={rule.effects} />
            </span>
          </UnstyledButton>
          <OrderButtons
            name={rule.name}
            at={at}
            count={rules.length}
            isDisabled={!isManager || order.isPending}
            onMove={(to) =>
              order.mutate(
                moved(rules, at, to).map(({ id }) => id),
                { onError: failed },
              )
            }
          />
          <Switch
            aria-label={t('fields.rules.isActiveOf', { name: rule.name })}
            disabled={!isManager || toggle.isPending}
            checked={rule.isActive}
            onChange={() => toggle.mutate(rule, { onError: failed })}
          />
        </li>
      ))}
    </ol>
  );
}
