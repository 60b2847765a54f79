import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OBJECT_KINDS, useCreateObject, type ObjectKind, type ServiceObject } from './objects.queries';

type Named = { id: string; name: string };
type Props = { company: Named; parent: Named | null; onClose: () => void; onCreated: (object: ServiceObject) => void };

/** A new service object at the top of the tree or inside another one. */
export function ObjectForm({ company, parent, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const create = useCreateObject();
  const [problem, setProblem] = useState<Error | null>(null);
  const fields = useFields({ name: '', kind: 'site' as ObjectKind, address: '', comment: '' });
  const { values } = fields;
  const submit = () => {
    setProblem(null);
    create.mutate(
      {
        companyId: company.id,
        parentId: parent?.id ?? null,
        name: values.name,
        kind: values.kind,
        address: values.address.trim() || null,
        comment: values.comment.trim() || null,
      },
      {
        onSuccess: (object) => {
          notifyDone(t('ui.saved'));
          onCreated(object);
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <SideDrawer
      title={parent ? t('clients.objects.addInto', { name: parent.name }) : t('clients.objects.add')}
      onClose={onClose}
    >
      <CardForm
        problem={problem}
        submit={t('clients.objects.create')}
        isBusy={create.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput label={t('clients.field.name')} required maxLength={300} data-autofocus {...fields.text('name')} />
        <NativeSelect
          label={t('clients.field.kindOfObject')}
          data={OBJECT_KINDS.map((value) => ({ value, label: t(`clients.objectKind.${value}`) }))}
          value={values.kind}
          error={fields.errors.kind}
          onChange={(event) => fields.set('kind', event.currentTarget.value as ObjectKind)}
        />
        <TextInput
          label={t('clients.field.address')}
          description={t('clients.objects.addressHint')}
          maxLength={500}
          {...fields.text('address')}
        />
        <Textarea label={t('clients.field.comment')} autosize minRows={2} maxRows={8} {...fields.text('comment')} />
      </CardForm>
    </SideDrawer>
  );
}
