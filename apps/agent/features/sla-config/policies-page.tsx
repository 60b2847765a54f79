import { useHolds } from '@/api';
import { Alert, Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconAlertTriangle, IconClockCheck, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfigTabs } from './config-tabs';
import { policiesQuery, useOrderPolicies, type Policy } from './policies.queries';
import classes from './policies.module.css';
import { PolicyList } from './policy-list';
import { Recounts } from './recounts';

/** What is promised to whom, in the order in which it is asked. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isManager = useHolds('sla.manage');
  const { data, error, refetch } = useQuery(policiesQuery());
  const order = useOrderPolicies();
  const add = () => void navigate('/sla-config/policies/new');
  useHotkey('KeyN', add, { label: t('slaConfig.policies.add'), group: t('directory.keys'), isOn: isManager });
  return (
    <Page
      title={t('slaConfig.policies.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={add}>
            {t('slaConfig.policies.add')}
          </Button>
        )
      }
      toolbar={<ConfigTabs />}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} height={28} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconClockCheck size={36} stroke={1.3} />}
          title={t('slaConfig.policies.empty')}
          hint={t('slaConfig.policies.emptyHint')}
          action={isManager && <Button onClick={add}>{t('slaConfig.policies.add')}</Button>}
        />
      )}
      {data && data.length > 0 && (
        <>
          <p className={classes.hint}>{t('slaConfig.policies.hint')}</p>
          <Findings policies={data} />
          <PolicyList
            policies={data}
            isOpen={isManager}
            onOrder={(policies) =>
              order.mutate(policies, { onError: (problem) => notifyProblem(t('ui.failed'), problem) })
            }
          />
          <Recounts />
        </>
      )}
    </Page>
  );
}

/** What the order does to the policies: those that never get their turn, those between which it decides. */
function Findings({ policies }: { policies: Policy[] }) {
  const { t } = useTranslation();
  const messages = (kind: Policy['findings'][number]['kind']) => [
    ...new Set(
      policies.flatMap(({ findings }) => findings.filter((each) => each.kind === kind)).map(({ message }) => message),
    ),
  ];
  const unreachable = messages('unreachable');
  const overlaps = messages('overlap');
  return (
    <>
      {unreachable.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} mb="sm" title={t('slaConfig.policies.unreachable')}>
          {unreachable.map((message) => (
            <div key={message} className={classes.problem}>
              {message}
            </div>
          ))}
        </Alert>
      )}
      {overlaps.length > 0 && (
        <details className={classes.overlaps}>
          <summary>{t('slaConfig.policies.overlaps', { count: overlaps.length })}</summary>
          {overlaps.map((message) => (
            <div key={message} className={classes.problem}>
              {message}
            </div>
          ))}
        </details>
      )}
    </>
  );
}
