import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useHolds } from '@/api';
import { useFields } from '@opora/ui/form';
import { notifyProblem } from '@opora/ui/theme';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { useListAddress } from './list-address';
import { useSaveView } from './ticket-views.queries';
import type { Sort, TicketListView } from './tickets.types';

type Props = {
  opened: boolean;
  onClose: () => void;
  address: ReturnType<typeof useListAddress>;
  view: TicketListView | undefined;
};

/** Keeps the present filter and order under a name. */
export function SaveViewDialog({ opened, onClose, address, view }: Props) {
  const { t } = useTranslation();
  const fields = useFields({ name: '', isShared: false, query: '' });
  const save = useSaveView();
  const mayShare = useHolds('tickets.manage_views');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const query = [view?.query, address.q].filter(Boolean).join(' ');
    const sort = address.sort ?? view?.sort;
    save.mutate(
      { name: fields.values.name, isShared: fields.values.isShared, query, ...(sort ? { sort: sort as Sort } : {}) },
      {
        onSuccess: (saved) => {
          onClose();
          fields.reset({ name: '', isShared: false, query: '' });
          address.change({ view: saved.id, q: null, sort: null });
        },
        onError: (error) => {
          if (!fields.applyProblem(error)) notifyProblem(t('tickets.failed'), error);
        },
      },
    );
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('tickets.view.save')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label={t('tickets.view.name')} required maxLength={100} data-autofocus {...fields.text('name')} />
          {mayShare && (
            <Checkbox
              label={t('tickets.view.shared')}
              checked={fields.values.isShared}
              onChange={(event) => fields.set('isShared', event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
