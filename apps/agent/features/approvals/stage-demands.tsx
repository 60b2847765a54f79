import { ActionIcon, Button, Input, NativeSelect, Switch } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import type { RouteStage } from './route-draft';
import type { StageProps } from './stage-editor';
import { documentKindsQuery } from './start.queries';

type Demand = RouteStage['documents'][number];
const GIVERS = ['initiator', 'approver', 'anyone'] as const;

/** Documents without which nobody can say yes here, and whether the stage may send the request back. */
export function StageDemands({ stage: { documents, allowsReturn }, errorAt, set }: StageProps) {
  const { t } = useTranslation();
  const { data: kinds = [] } = useQuery(documentKindsQuery());
  const free = kinds.filter(({ id, isActive }) => isActive && !documents.some(({ kindId }) => kindId === id));
  const change = (index: number, next: Partial<Demand>) =>
    set({ documents: documents.map((each, at) => (at === index ? { ...each, ...next } : each)) });
  return (
    <>
      <Input.Wrapper label={t('approvals.routes.demands')} labelElement="div" error={errorAt('/documents')}>
        {documents.map(({ kindId, by }, index) => {
          const label = t('approvals.routes.nth', { label: t('approvals.documentKind'), n: index + 1 });
          return (
            <div key={kindId} className={classes.approverRow}>
              <NativeSelect
                className={classes.grow}
                aria-label={label}
                value={kindId}
                onChange={({ currentTarget }) => change(index, { kindId: currentTarget.value })}
                data={kinds
                  .filter((kind) => kind.id === kindId || free.includes(kind))
                  .map((kind) => ({ value: kind.id, label: kind.label }))}
              />
              <NativeSelect
                className={classes.grow}
                aria-label={`${label}: ${t('approvals.routes.giver')}`}
                value={by}
                onChange={({ currentTarget }) => change(index, { by: currentTarget.value as Demand['by'] })}
                data={GIVERS.map((value) => ({ value, label: t(`approvals.routes.givers.${value}`) }))}
              />
              <ActionIcon
                aria-label={t('approvals.routes.drop', { name: label })}
                onClick={() => set({ documents: documents.filter((_, at) => at !== index) })}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          );
        })}
        {free[0] && documents.length < 10 && (
          <div>
            <Button
              variant="subtle"
              size="compact-xs"
              mt={4}
              leftSection={<IconPlus size={13} />}
              onClick={() => set({ documents: [...documents, { kindId: free[0]!.id, by: 'initiator' }] })}
            >
              {t('approvals.routes.addDemand')}
            </Button>
          </div>
        )}
      </Input.Wrapper>
      <Switch
        label={t('approvals.routes.allowsReturn')}
        checked={allowsReturn}
        onChange={({ currentTarget }) => set({ allowsReturn: currentTarget.checked })}
      />
    </>
  );
}
