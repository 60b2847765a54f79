import { ObjectPicker } from '@/pickers/directory-pickers';
import { Alert, Button, Checkbox, CloseButton, Group, Stack, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './clients.module.css';
import { useSetMembership, type Membership } from './contacts.queries';

const RIGHTS = ['seesCompany', 'closesCompany', 'isAdmin'] as const;
type Named = { id: string; name: string };
type Props = { contact: Named; company: Named; membership: Membership | null; onClose: () => void };

/** A person's place and rights in one company. */
export function MembershipDialog({ contact, company, membership, onClose }: Props) {
  const { t } = useTranslation();
  const set = useSetMembership(contact.id);
  const [problem, setProblem] = useState<Error | null>(null);
  const fields = useFields({
    seesCompany: membership?.seesCompany ?? false,
    closesCompany: membership?.closesCompany ?? false,
    isAdmin: membership?.isAdmin ?? false,
    position: membership?.position ?? '',
    objectIds: membership?.objects ?? ([] as Named[]),
  });
  const { values, errors } = fields;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    set.mutate(
      {
        companyId: company.id,
        ...values,
        position: values.position.trim() || null,
        objectIds: values.objectIds.map(({ id }) => id),
      },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t('clients.rightsIn', { name: contact.name, company: company.name })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {RIGHTS.map((right) => (
            <Checkbox
              key={right}
              label={t(`clients.right.${right}`)}
              description={t(`clients.right.${right}Hint`)}
              checked={values[right]}
              error={errors[right]}
              onChange={(event) => fields.set(right, event.currentTarget.checked)}
            />
          ))}
          <TextInput label={t('clients.field.position')} maxLength={200} {...fields.text('position')} />
          <div>
            <ObjectPicker
              key={values.objectIds.length}
              companyId={company.id}
              label={t('clients.right.onlyObjects')}
              description={t('clients.right.onlyObjectsHint')}
              placeholder={t('clients.right.addObject')}
              value={null}
              error={errors.objectIds}
              onChange={(entry) =>
                entry &&
                !values.objectIds.some(({ id }) => id === entry.id) &&
                fields.set('objectIds', [...values.objectIds, { id: entry.id, name: entry.name }])
              }
            />
            <Group gap={4} mt={6}>
              {values.objectIds.map((object) => (
                <span key={object.id} className={classes.chip}>
                  {object.name}
                  <CloseButton
                    size="xs"
                    aria-label={t('clients.right.removeObject', { name: object.name })}
                    onClick={() =>
                      fields.set(
                        'objectIds',
                        values.objectIds.filter(({ id }) => id !== object.id),
                      )
                    }
                  />
                </span>
              ))}
            </Group>
          </div>
          {problem && (
            <Alert color="red" variant="light" role="alert" classNames={{ message: classes.plain }}>
              {problem.message}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={set.isPending}>
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
