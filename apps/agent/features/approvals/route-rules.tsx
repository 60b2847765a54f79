import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { ApproverInput, ApproverList } from './approver-input';
import { newApprover, READERS, type RouteDefinition, type RouteExecutor } from './route-draft';

type Props = {
  definition: RouteDefinition;
  errorAt: (place: string) => string | undefined;
  set: (change: Partial<RouteDefinition>) => void;
};

/** What holds for the whole route: who reads along, who does what afterwards, where a return leads. */
export function RouteRules({ definition, errorAt, set }: Props) {
  const { t } = useTranslation();
  const { copies, executors, mergesRepeated, returnsTo, needsBase } = definition;
  return (
    <section aria-label={t('approvals.routes.rules')} className={classes.fields}>
      <h2 className={classes.groupTitle}>{t('approvals.routes.rules')}</h2>
      <ApproverList
        label={t('approvals.copies')}
        kinds={READERS}
        value={copies}
        errorAt={(index) => errorAt(`/definition/copies/${index}`)}
        onChange={(next) => set({ copies: next })}
      />
      <Executors executors={executors} errorAt={errorAt} onChange={(next) => set({ executors: next })} />
      <NativeSelect
        label={t('approvals.routes.returnsTo')}
        value={returnsTo}
        onChange={({ currentTarget }) => set({ returnsTo: currentTarget.value as RouteDefinition['returnsTo'] })}
        data={(['stage', 'start'] as const).map((value) => ({ value, label: t(`approvals.routes.returns.${value}`) }))}
      />
      <Switch
        label={t('approvals.routes.mergesRepeated')}
        checked={mergesRepeated}
        onChange={({ currentTarget }) => set({ mergesRepeated: currentTarget.checked })}
      />
      <Switch
        label={t('approvals.routes.needsBase')}
        checked={needsBase}
        onChange={({ currentTarget }) => set({ needsBase: currentTarget.checked })}
      />
    </section>
  );
}

type ExecutorsProps = {
  executors: RouteExecutor[];
  errorAt: Props['errorAt'];
  onChange: (executors: RouteExecutor[]) => void;
};

/** Who gets which task after the last yes. */
function Executors({ executors, errorAt, onChange }: ExecutorsProps) {
  const { t } = useTranslation();
  const change = (index: number, next: Partial<RouteExecutor>) =>
    onChange(executors.map((each, at) => (at === index ? { ...each, ...next } : each)));
  const nth = (index: number) => t('approvals.routes.nth', { label: t('approvals.routes.executor'), n: index + 1 });
  return (
    <div>
      {executors.map(({ who, text }, index) => (
        <div key={index} className={classes.card}>
          <div className={classes.approverRow}>
            <ApproverInput
              label={nth(index)}
              kinds={READERS}
              value={who}
              error={errorAt(`/definition/executors/${index}/who`)}
              onChange={(next) => change(index, { who: next })}
            />
            <ActionIcon
              mt={4}
              aria-label={t('approvals.routes.drop', { name: nth(index) })}
              onClick={() => onChange(executors.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          <div className={classes.pair}>
            <TextInput
              label={t('approvals.routes.taskRu')}
              maxLength={200}
              value={text.ru}
              error={errorAt(`/definition/executors/${index}/text`)}
              onChange={({ currentTarget }) => change(index, { text: { ...text, ru: currentTarget.value } })}
            />
            <TextInput
              label={t('approvals.routes.taskEn')}
              maxLength={200}
              value={text.en}
              onChange={({ currentTarget }) => change(index, { text: { ...text, en: currentTarget.value } })}
            />
          </div>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...executors, { who: newApprover('role'), text: { ru: '', en: '' } }])}
      >
        {t('approvals.routes.addExecutor')}
      </Button>
    </div>
  );
}
