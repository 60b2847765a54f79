import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRemoveItem, useUpdateItem, type Item } from './checklists.queries';
import { draftOf, inputOf } from './item-draft';
import { ItemFields } from './item-fields';

/** One item of a ticket's checklist in full. */
export function ItemDrawer({ item, ticket, onClose }: { item: Item; ticket: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(item));
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [problem, setProblem] = useState<Error | null>(null);
  const update = useUpdateItem(ticket, item);
  const remove = useRemoveItem(ticket);
  const submit = () => {
    setProblem(null);
    setErrors({});
    update.mutate(inputOf(draft), {
      onSuccess: () => {
        notifyDone(t('ui.saved'));
        onClose();
      },
      onError: (error) => {
        const told = error instanceof ApiProblem ? error.errors : [];
        setErrors(Object.fromEntries(told.map(({ pointer, message }) => [pointer.split('/').pop() ?? '', message])));
        if (!told.length) setProblem(error);
      },
    });
  };
  const change = (part: Partial<typeof draft>) => setDraft((present) => ({ ...present, ...part }));
  return (
    <SideDrawer title={t('checklists.editItem')} onClose={onClose}>
      <CardForm problem={problem} submit={t('ui.save')} isBusy={update.isPending} onSubmit={submit} onCancel={onClose}>
        <TextInput
          data-autofocus
          required
          label={t('checklists.field.title')}
          maxLength={500}
          value={draft.title}
          error={errors.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        {draft.kind === 'item' && (
          <>
            <Group>
              <Checkbox
                size="xs"
                label={t('checklists.field.isRequired')}
                checked={draft.isRequired}
                onChange={(event) => change({ isRequired: event.currentTarget.checked })}
              />
              <Checkbox
                size="xs"
                label={t('checklists.field.isClientVisible')}
                checked={draft.isClientVisible}
                onChange={(event) => change({ isClientVisible: event.currentTarget.checked })}
              />
            </Group>
            <ItemFields draft={draft} errors={errors} onChange={change} />
          </>
        )}
      </CardForm>
      <Button
        mt="md"
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={15} />}
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(item.id, {
            onSuccess: onClose,
            onError: (error) => notifyProblem(t('ui.failed'), error),
          })
        }
      >
        {t('checklists.removeItem')}
      </Button>
    </SideDrawer>
  );
}
