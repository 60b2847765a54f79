import { CompanyPicker } from '@/pickers/directory-pickers';
import { useMe } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateContact, type Contact } from './contacts.queries';
import { TextList } from './text-list';

const RIGHTS = ['seesCompany', 'closesCompany', 'isAdmin'] as const;
type Named = { id: string; name: string };
type Props = { company: Named | null; onClose: () => void; onCreated: (contact: Contact) => void };

/** A new contact, in a company when it is known. */
export function ContactForm({ company, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const create = useCreateContact();
  const [problem, setProblem] = useState<Error | null>(null);
  const fields = useFields({
    name: '',
    position: '',
    emails: [''],
    phones: [''],
    memberships: company,
    seesCompany: false,
    closesCompany: false,
    isAdmin: false,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    const filled = (rows: string[]) => rows.map((row) => row.trim()).filter(Boolean);
    const { seesCompany, closesCompany, isAdmin, memberships: place } = values;
    create.mutate(
      {
        name: values.name,
        ...(values.position.trim() ? { position: values.position.trim() } : {}),
        ...(me.seesClientContacts ? { emails: filled(values.emails), phones: filled(values.phones) } : {}),
        memberships: place ? [{ companyId: place.id, seesCompany, closesCompany, isAdmin }] : [],
      },
      {
        onSuccess: (contact) => {
          notifyDone(t('clients.contacts.created', { name: contact.name }));
          onCreated(contact);
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <SideDrawer title={t('clients.contacts.add')} onClose={onClose}>
      <CardForm
        problem={problem}
        submit={t('clients.contacts.create')}
        isBusy={create.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput
          label={t('clients.field.personName')}
          required
          maxLength={200}
          data-autofocus
          {...fields.text('name')}
        />
        <TextInput label={t('clients.field.position')} maxLength={200} {...fields.text('position')} />
        {me.seesClientContacts && (
          <>
            <TextList
              label={t('clients.field.emails')}
              addLabel={t('clients.addEmail')}
              inputMode="email"
              value={values.emails}
              error={errors.emails}
              onChange={(emails) => set('emails', emails)}
            />
            <TextList
              label={t('clients.field.phones')}
              addLabel={t('clients.addPhone')}
              inputMode="tel"
              value={values.phones}
              error={errors.phones}
              onChange={(phones) => set('phones', phones)}
            />
          </>
        )}
        <CompanyPicker
          label={t('clients.field.company')}
          clearable
          disabled={company !== null}
          value={values.memberships}
          error={errors.memberships}
          onChange={(entry) => set('memberships', entry)}
        />
        {values.memberships && (
          <Stack gap={8}>
            {RIGHTS.map((right) => (
              <Checkbox
                key={right}
                label={t(`clients.right.${right}`)}
                description={t(`clients.right.${right}Hint`)}
                checked={values[right]}
                onChange={(event) => set(right, event.currentTarget.checked)}
              />
            ))}
          </Stack>
        )}
      </CardForm>
    </SideDrawer>
  );
}
