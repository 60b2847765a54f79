import { flatProblem } from '@/directory/flat-problem';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { Switch, TextInput } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeopleInput, type Named } from './people-input';
import { useSaveItem, type ApprovalRole, type Catalogue } from './route-settings.queries';

export type CatalogueItem = Schemas['ApprovalItemView'] & Partial<Pick<ApprovalRole, 'holders'>>;
type Props = { catalogue: Catalogue; item: CatalogueItem | null; onClose: () => void };

/** A role with its holders, a kind of requests or a kind of documents. */
export function ItemDrawer({ catalogue, item, onClose }: Props) {
  const { t } = useTranslation();
  const save = useSaveItem(catalogue, item?.id ?? null);
  const [problem, setProblem] = useState<Error | null>(null);
  const fields = useFields({
    nameRu: item?.name.ru ?? '',
    nameEn: item?.name.en ?? '',
    isActive: item?.isActive ?? true,
    holderIds: (item?.holders ?? []) as Named[],
  });
  const { nameRu, nameEn, isActive, holderIds } = fields.values;
  const submit = () => {
    setProblem(null);
    save.mutate(
      {
        name: { ru: nameRu.trim() || nameEn.trim(), en: nameEn.trim() || nameRu.trim() },
        ...(item && { isActive }),
        ...(catalogue === 'roles' && { holderIds: holderIds.map(({ id }) => id) }),
      },
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
    <SideDrawer title={item?.label ?? t(`approvals.catalogues.add.${catalogue}`)} onClose={onClose}>
      <CardForm problem={problem} submit={t('ui.save')} isBusy={save.isPending} onSubmit={submit} onCancel={onClose}>
        <TextInput
          label={t('approvals.routes.nameRu')}
          required
          maxLength={200}
          data-autofocus
          {...fields.text('nameRu')}
        />
        <TextInput label={t('approvals.routes.nameEn')} maxLength={200} {...fields.text('nameEn')} />
        {catalogue === 'roles' && (
          <PeopleInput
            label={t('approvals.catalogues.holders')}
            value={holderIds}
            error={fields.errors.holderIds}
            onChange={(people) => fields.set('holderIds', people)}
          />
        )}
        {item && (
          <Switch
            label={t('approvals.catalogues.isActive')}
            checked={isActive}
            error={fields.errors.isActive}
            onChange={({ currentTarget }) => fields.set('isActive', currentTarget.checked)}
          />
        )}
      </CardForm>
    </SideDrawer>
  );
}
