import { ActionIcon, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { ApproverList } from './approver-input';
import { APPROVERS, type RouteStage } from './route-draft';
import { StageDemands } from './stage-demands';
import { StageTerm } from './stage-term';

export type StageProps = {
  stage: RouteStage;
  /** The refusal at a place inside the stage. */
  errorAt: (place: string) => string | undefined;
  set: (change: Partial<RouteStage>) => void;
};
type Props = StageProps & { isOnly: boolean; onDrop: () => void };

/** One stage: who is asked, how many must agree, how long they have, what they need. */
export function StageEditor({ stage, isOnly, errorAt, set, onDrop }: Props) {
  const { t } = useTranslation();
  const { name, mode, k, order, approvers, delegate, ifNobody } = stage;
  const choice = <Value extends string>(label: string, values: readonly Value[], value: Value, key: string) => ({
    label: t(`approvals.routes.${label}`),
    value,
    data: values.map((each) => ({ value: each, label: t(`approvals.routes.${key}.${each}`) })),
  });
  return (
    <div className={classes.stageForm}>
      <div className={classes.stageNames}>
        <TextInput
          label={t('approvals.routes.stageNameRu')}
          required
          maxLength={200}
          value={name.ru}
          error={errorAt('/name')}
          onChange={({ currentTarget }) => set({ name: { ...name, ru: currentTarget.value } })}
        />
        <TextInput
          label={t('approvals.routes.stageNameEn')}
          maxLength={200}
          value={name.en}
          onChange={({ currentTarget }) => set({ name: { ...name, en: currentTarget.value } })}
        />
        {!isOnly && (
          <ActionIcon mt={24} aria-label={t('approvals.routes.dropStage', { name: name.ru })} onClick={onDrop}>
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </div>
      <ApproverList
        label={t('approvals.routes.approvers')}
        kinds={APPROVERS}
        value={approvers}
        fewest={1}
        errorAt={(index) => errorAt(`/approvers/${index}`)}
        onChange={(next) => set({ approvers: next })}
      />
      <div className={classes.pair}>
        <NativeSelect
          {...choice('howMany', ['all', 'any', 'k_of_n'] as const, mode, 'modes')}
          error={errorAt('/mode')}
          onChange={({ currentTarget }) => set({ mode: currentTarget.value as RouteStage['mode'], k: k ?? 2 })}
        />
        {mode === 'k_of_n' && (
          <NumberInput
            label={t('approvals.routes.k')}
            min={1}
            max={50}
            allowDecimal={false}
            value={k ?? ''}
            error={errorAt('/k')}
            onChange={(next) => set({ k: next === '' ? null : Number(next) })}
          />
        )}
        <NativeSelect
          {...choice('inOrder', ['parallel', 'sequence'] as const, order, 'orders')}
          onChange={({ currentTarget }) => set({ order: currentTarget.value as RouteStage['order'] })}
        />
      </div>
      <StageTerm stage={stage} errorAt={errorAt} set={set} />
      <div className={classes.pair}>
        <NativeSelect
          {...choice('delegate', ['none', 'absent', 'overdue', 'both'] as const, delegate, 'delegates')}
          onChange={({ currentTarget }) => set({ delegate: currentTarget.value as RouteStage['delegate'] })}
        />
        <NativeSelect
          {...choice('ifNobody', ['refuse', 'skip'] as const, ifNobody, 'nobody')}
          onChange={({ currentTarget }) => set({ ifNobody: currentTarget.value as RouteStage['ifNobody'] })}
        />
      </div>
      <StageDemands stage={stage} errorAt={errorAt} set={set} />
    </div>
  );
}
