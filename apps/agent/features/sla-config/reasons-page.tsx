import { useHolds } from '@/api';
import { flatProblem } from '@/directory/flat-problem';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { useLocal } from '@/timing/use-local';
import { Badge, Button, Switch, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconPlus, IconShieldQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfigTabs } from './config-tabs';
import policies from './policies.module.css';
import { reasonsQuery, useSaveReason, type Reason } from './reasons.queries';

/** Why a breach may be nobody's fault: the list to choose from. */
export function ReasonsPage() {
  const { t } = useTranslation();
  const local = useLocal();
  const mayManage = useHolds('sla.manage');
  const { data, error, refetch } = useQuery(reasonsQuery());
  const [open, setOpen] = useState<Reason | 'new' | null>(null);
  return (
    <Page
      title={t('slaConfig.reasons.title')}
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setOpen('new')}>
            {t('slaConfig.reasons.add')}
          </Button>
        )
      }
      toolbar={<ConfigTabs />}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={5} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconShieldQuestion size={36} stroke={1.3} />}
          title={t('slaConfig.reasons.empty')}
          hint={t('slaConfig.reasons.emptyHint')}
        />
      )}
      {data && data.length > 0 && (
        <ul className={policies.list}>
          {data.map((reason) => (
            <li key={reason.id} className={policies.item} data-off={reason.archivedAt !== null || undefined}>
              <span className={policies.words}>
                <button type="button" className={policies.reason} disabled={!mayManage} onClick={() => setOpen(reason)}>
                  {local(reason.name)}
                </button>
              </span>
              {reason.archivedAt && <Badge color="gray">{t('slaConfig.archived')}</Badge>}
            </li>
          ))}
        </ul>
      )}
      {open && <ReasonDrawer reason={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function ReasonDrawer({ reason, onClose }: { reason: Reason | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveReason(reason?.id ?? null);
  const fields = useFields({
    nameRu: reason?.name.ru ?? '',
    nameEn: reason?.name.en ?? '',
    isArchived: reason?.archivedAt != null,
  });
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, isArchived } = fields.values;
    save.mutate(
      { name: { ru: nameRu, en: nameEn }, ...(reason ? { isArchived } : {}) },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <SideDrawer title={reason ? t('slaConfig.reasons.title') : t('slaConfig.reasons.add')} onClose={onClose}>
      <CardForm
        problem={problem}
        submit={reason ? t('ui.save') : t('slaConfig.reasons.create')}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput
          label={t('slaConfig.reasons.nameRu')}
          required
          maxLength={200}
          data-autofocus
          {...fields.text('nameRu')}
        />
        <TextInput label={t('slaConfig.reasons.nameEn')} required maxLength={200} {...fields.text('nameEn')} />
        {reason && (
          <Switch
            label={t('slaConfig.archived')}
            checked={fields.values.isArchived}
            onChange={(event) => fields.set('isArchived', event.currentTarget.checked)}
          />
        )}
      </CardForm>
    </SideDrawer>
  );
}
