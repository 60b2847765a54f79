import { OrderedList } from '@/directory/ordered-list';
import { TicketConditionSentence } from '@/pickers/ticket-condition';
import type { Condition } from '@opora/ui/conditions';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MetricChips } from './metric-chips';
import type { Policy } from './policies.queries';
import classes from './policies.module.css';

type Props = { policies: Policy[]; isOpen: boolean; onOrder: (policies: Policy[]) => void };

/** Policies in their order: the first that fits a ticket counts. */
export function PolicyList({ policies, isOpen, onOrder }: Props) {
  return (
    <OrderedList items={policies} isOpen={isOpen} keyOf={({ id }) => id} nameOf={({ name }) => name} onOrder={onOrder}>
      {(policy) => <PolicyWords policy={policy} />}
    </OrderedList>
  );
}

function PolicyWords({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.nameLine} data-off={!policy.isActive || undefined}>
        <Link to={`/sla-config/policies/${policy.id}`} className={classes.name}>
          {policy.name}
        </Link>
        {!policy.isActive && <Badge color="gray">{t('slaConfig.policies.off')}</Badge>}
        <MetricChips metrics={policy.metrics} />
      </div>
      <div className={classes.when}>
        <TicketConditionSentence value={policy.when as Condition} />
      </div>
    </>
  );
}
