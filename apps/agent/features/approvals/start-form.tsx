import { flatProblem } from '@/directory/flat-problem';
import { CardForm } from '@/directory/form-drawer';
import { EntityPicker } from '@/pickers/entity-picker';
import { Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useFields } from '@opora/ui/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { NewDocuments, useNewDocuments } from './new-documents';
import { PeopleInput, type Named } from './people-input';
import { PlanPreview } from './plan-preview';
import { CURRENCIES } from './use-money';
import {
  approvalKindsQuery,
  approvalSettingsQuery,
  planQuery,
  referencesQuery,
  useStart,
  type StartApproval,
} from './start.queries';

type Props = { ticket: string | null; onDone: (number: number) => void; onCancel: () => void };

/** What is asked for on the left, the way it will go on the right. */
export function StartForm({ ticket, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const start = useStart();
  const [problem, setProblem] = useState<Error | null>(null);
  const { data: kinds = [] } = useQuery(approvalKindsQuery());
  const { data: settings } = useQuery(approvalSettingsQuery());
  const fields = useFields({ kindId: '', title: '', amount: '', currency: '', date: '', text: '', basedOnId: '' });
  const [basedOn, setBasedOn] = useState<Named | null>(null);
  const [copies, setCopies] = useState<Named[]>([]);
  const documents = useNewDocuments();
  const { values } = fields;
  const body: StartApproval = {
    kindId: values.kindId || null,
    title: values.title,
    text: values.text,
    amount: values.amount.replace(/\s/g, '').replace(',', '.') || null,
    currency: (values.currency || settings?.currency || 'RUB') as StartApproval['currency'],
    ...(values.date && { date: values.date }),
    ticketId: ticket,
    basedOnId: basedOn?.id ?? null,
    copyIds: copies.map(({ id }) => id),
    documents: documents.list.map(({ file, kindId }) => ({ fileId: file.id, kindId })),
  };
  const [asked] = useDebouncedValue(JSON.stringify({ ...body, title: undefined, text: undefined }), 300);
  const plan = useQuery(planQuery(JSON.parse(asked) as StartApproval));
  const submit = () => {
    setProblem(null);
    start.mutate(body, {
      onSuccess: ({ number }) => onDone(number),
      onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
    });
  };
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <CardForm
          problem={problem}
          submit={t('approvals.send')}
          isBusy={start.isPending}
          isDisabled={documents.isBusy}
          onSubmit={submit}
          onCancel={onCancel}
        >
          <NativeSelect
            label={t('approvals.kind')}
            required
            data-autofocus
            value={values.kindId}
            error={fields.errors.kindId}
            onChange={({ currentTarget }) => fields.set('kindId', currentTarget.value)}
            data={[
              { value: '', label: t('approvals.chooseKind') },
              ...kinds.filter(({ isActive }) => isActive).map(({ id, label }) => ({ value: id, label })),
            ]}
          />
          <TextInput label={t('approvals.subject')} required maxLength={300} {...fields.text('title')} />
          <Group gap="sm" align="flex-start" grow>
            <TextInput label={t('approvals.amount')} inputMode="decimal" {...fields.text('amount')} />
            <NativeSelect
              label={t('approvals.currency')}
              value={body.currency}
              error={fields.errors.currency}
              onChange={({ currentTarget }) => fields.set('currency', currentTarget.value)}
              data={CURRENCIES.map((value) => ({ value, label: t(`approvals.currencies.${value}`) }))}
            />
            <TextInput
              type="date"
              label={t('approvals.date')}
              description={t('approvals.dateHint')}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              {...fields.text('date')}
            />
          </Group>
          <Textarea
            label={t('approvals.text')}
            autosize
            minRows={4}
            maxRows={16}
            maxLength={20_000}
            {...fields.text('text')}
          />
          <NewDocuments documents={documents} error={fields.errors.documents} />
          <EntityPicker
            label={t('approvals.basedOn')}
            clearable
            value={basedOn}
            error={fields.errors.basedOnId}
            onChange={setBasedOn}
            search={referencesQuery}
          />
          <PeopleInput label={t('approvals.copies')} value={copies} onChange={setCopies} />
        </CardForm>
      </div>
      <PlanPreview plan={plan.data} error={plan.error} isAsked={!!values.kindId} />
    </div>
  );
}
