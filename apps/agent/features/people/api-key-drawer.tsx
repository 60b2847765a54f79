import { useMe } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { ContactPicker, PersonPicker } from '@/pickers/directory-pickers';
import { SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateApiKey } from './api-keys.queries';
import { PermissionPicker } from './permission-picker';
import { permissionsQuery } from './roles.queries';

const DAY = 86_400_000;
const TERMS = ['30', '90', '365', 'never', 'date'] as const;
type Term = (typeof TERMS)[number];
type Subject = { id: string; name: string };

/** The end of the chosen term; an own date ends with its day. */
function endOf(term: Term, date: string): string | null {
  if (term === 'never') return null;
  if (term === 'date') return date ? new Date(`${date}T23:59:59`).toISOString() : null;
  return new Date(Date.now() + Number(term) * DAY).toISOString();
}

/** A new key: a name, for whom it acts, what it may, until when. */
export function ApiKeyDrawer({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (name: string, secret: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const create = useCreateApiKey();
  const { data: groups = [] } = useQuery(permissionsQuery(i18n.language));
  const [problem, setProblem] = useState<Error | null>(null);
  const [term, setTerm] = useState<Term>('90');
  const [kind, setKind] = useState<'employee' | 'contact'>('employee');
  const fields = useFields({
    name: '',
    permissions: [] as string[],
    subjectId: { id: me.id, name: me.name } as Subject | null,
    expiresAt: '',
  });
  const { values, errors, set } = fields;
  const isContact = kind === 'contact';

  const submit = () => {
    setProblem(null);
    create.mutate(
      {
        name: values.name,
        subjectKind: kind,
        ...(values.subjectId ? { subjectId: values.subjectId.id } : {}),
        permissions: isContact ? [] : values.permissions,
        expiresAt: endOf(term, values.expiresAt),
      },
      {
        onSuccess: ({ apiKey, secret }) => onCreated(apiKey.name, secret),
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  const isIncomplete =
    values.subjectId === null ||
    (term === 'date' && !values.expiresAt) ||
    (!isContact && values.permissions.length === 0);
  return (
    <SideDrawer title={t('people.apiKeys.add')} onClose={onClose} size={560}>
      <CardForm
        problem={problem}
        submit={t('people.apiKeys.create')}
        isBusy={create.isPending}
        isDisabled={isIncomplete}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput
          label={t('people.apiKeys.name')}
          description={t('people.apiKeys.nameHint')}
          required
          maxLength={100}
          data-autofocus
          {...fields.text('name')}
        />
        <SegmentedControl
          aria-label={t('people.apiKeys.subject')}
          data={[
            { value: 'employee', label: t('people.apiKeys.forEmployee') },
            { value: 'contact', label: t('people.apiKeys.forContact') },
          ]}
          value={kind}
          onChange={(next) => {
            setKind(next as typeof kind);
            set('subjectId', next === 'employee' ? { id: me.id, name: me.name } : null);
          }}
        />
        {isContact ? (
          <ContactPicker
            label={t('people.apiKeys.subject')}
            required
            value={values.subjectId}
            error={errors.subjectId}
            onChange={(entry) => set('subjectId', entry)}
          />
        ) : (
          <PersonPicker
            label={t('people.apiKeys.subject')}
            required
            value={values.subjectId}
            error={errors.subjectId}
            onChange={(entry) => set('subjectId', entry)}
          />
        )}
        <Select
          label={t('people.apiKeys.term')}
          allowDeselect={false}
          data={TERMS.map((value) => ({ value, label: t(`people.apiKeys.terms.${value}`) }))}
          value={term}
          error={term === 'date' ? undefined : errors.expiresAt}
          onChange={(value) => setTerm((value ?? '90') as Term)}
        />
        {term === 'date' && (
          <TextInput type="date" label={t('people.apiKeys.untilDate')} required {...fields.text('expiresAt')} />
        )}
        {isContact ? (
          <Text size="sm" c="dimmed">
            {t('people.apiKeys.contactHint')}
          </Text>
        ) : (
          <PermissionPicker
            groups={groups}
            value={values.permissions}
            error={errors.permissions}
            isOpen
            onChange={(codes) => set('permissions', codes)}
          />
        )}
      </CardForm>
    </SideDrawer>
  );
}
