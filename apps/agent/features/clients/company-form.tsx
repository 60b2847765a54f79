import { useMe } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { MultiSelect, Textarea, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './clients.module.css';
import { categoriesQuery, useCreateCompany, type Company, type Duplicate } from './companies.queries';
import { DuplicatesAlert } from './duplicates';

const TEXTS = ['additionalName', 'inn', 'phone', 'email', 'site', 'address', 'comment'] as const;

/** A new company. One that looks like another is created only when told so. */
export function CompanyForm({ onClose, onCreated }: { onClose: () => void; onCreated: (company: Company) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const create = useCreateCompany();
  const { data: categories } = useQuery(categoriesQuery());
  const [problem, setProblem] = useState<Error | null>(null);
  const [duplicates, setDuplicates] = useState<Duplicate[]>([]);
  const fields = useFields({
    name: '',
    additionalName: '',
    inn: '',
    phone: '',
    email: '',
    site: '',
    address: '',
    comment: '',
    categoryIds: [] as string[],
  });
  const { values } = fields;

  const submit = (confirmDuplicate = false) => {
    setProblem(null);
    setDuplicates([]);
    const texts = Object.fromEntries(TEXTS.filter((key) => values[key].trim()).map((key) => [key, values[key].trim()]));
    create.mutate(
      {
        name: values.name,
        ...texts,
        categoryIds: values.categoryIds,
        ...(confirmDuplicate ? { confirmDuplicate } : {}),
      },
      {
        onSuccess: (company) => {
          notifyDone(t('clients.companies.created', { name: company.name }));
          onCreated(company);
        },
        onError: (error) => {
          if (error instanceof ApiProblem && error.code === 'clients.duplicateCompany')
            setDuplicates(error.members.duplicates as Duplicate[]);
          else if (!fields.applyProblem(error)) setProblem(error);
        },
      },
    );
  };
  return (
    <SideDrawer title={t('clients.companies.add')} onClose={onClose} size={500}>
      <CardForm
        problem={problem}
        submit={t('clients.companies.create')}
        isBusy={create.isPending}
        onSubmit={() => submit()}
        onCancel={onClose}
        extra={
          duplicates.length > 0 && (
            <DuplicatesAlert duplicates={duplicates} isBusy={create.isPending} onConfirm={() => submit(true)} />
          )
        }
      >
        <TextInput
          label={t('clients.field.name')}
          description={t('clients.nameHint')}
          required
          maxLength={300}
          data-autofocus
          {...fields.text('name')}
        />
        <TextInput label={t('clients.field.additionalName')} maxLength={500} {...fields.text('additionalName')} />
        <div className={classes.pair}>
          <TextInput label={t('clients.field.inn')} inputMode="numeric" {...fields.text('inn')} />
          <TextInput
            label={t('clients.field.site')}
            inputMode="url"
            placeholder={t('clients.siteExample')}
            {...fields.text('site')}
          />
        </div>
        {me.seesClientContacts && (
          <div className={classes.pair}>
            <TextInput label={t('clients.field.phone')} inputMode="tel" {...fields.text('phone')} />
            <TextInput label={t('clients.field.email')} inputMode="email" {...fields.text('email')} />
          </div>
        )}
        <TextInput label={t('clients.field.address')} maxLength={500} {...fields.text('address')} />
        <MultiSelect
          label={t('clients.field.categoryIds')}
          searchable
          data={(categories?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          {...fields.pick('categoryIds')}
        />
        <Textarea label={t('clients.field.comment')} autosize minRows={2} maxRows={8} {...fields.text('comment')} />
      </CardForm>
    </SideDrawer>
  );
}
