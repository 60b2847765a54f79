import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useHolds } from '@/api';
import { useTicketSlots } from '@/slots/ticket-slots';
import { Dialog } from '@opora/ui/dialog';
import { useFields } from '@opora/ui/form';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ColumnChooser } from './column-chooser';
import type { useListAddress } from './list-address';
import { useSaveView } from './ticket-views.queries';
import type { TicketListView } from './tickets.types';
import { useColumnChoices, usualColumns } from './view-columns';

export type ViewDialogMode = 'new' | 'edit';
type Props = {
  mode: ViewDialogMode;
  onClose: () => void;
  address: ReturnType<typeof useListAddress>;
  view: TicketListView | undefined;
};

export const SORTS = ['-updatedAt', '-createdAt', 'createdAt', '-priority', 'deadlineAt', 'status'];

/** Keeps the present filter, order and columns under a name, or changes a view that has one. */
export function SaveViewDialog({ mode, onClose, address, view }: Props) {
  const { t } = useTranslation();
  const { columns } = useTicketSlots();
  const choices = useColumnChoices();
  const isEdit = mode === 'edit' && view !== undefined;
  const known = (view?.columns ?? []).filter((key) => choices.some((choice) => choice.key === key));
  const present = known.length > 1 ? known : usualColumns(columns);
  const fields = useFields({
    name: isEdit ? view.name : '',
    isShared: false,
    query: [view?.query, address.q].filter(Boolean).join(' '),
    sort: address.sort ?? view?.sort ?? null,
    columns: present as string[],
  });
  const save = useSaveView(isEdit ? view.id : null);
  const mayShare = useHolds('tickets.manage_views');
  const { values } = fields;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { isShared, sort, ...rest } = values;
    const layout = address.layout ?? view?.layout ?? 'list';
    const calendarField = address.field ?? view?.calendarField ?? 'deadlineAt';
    save.mutate(
      { ...rest, layout, calendarField, ...(sort ? { sort } : {}), ...(isEdit ? {} : { isShared }) },
      {
        onSuccess: (saved) => {
          onClose();
          notifyDone(t('tickets.view.saved'));
          address.change({ view: saved.id, q: null, sort: null, layout: null, field: null });
        },
        onError: (error) => {
          if (!fields.applyProblem(error)) notifyProblem(t('tickets.failed'), error);
        },
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t(isEdit ? 'tickets.view.edit' : 'tickets.view.save')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {!isEdit && view && !view.canEdit && (
            <Text size="sm" c="dimmed">
              {t('tickets.view.notYours')}
            </Text>
          )}
          <TextInput label={t('tickets.view.name')} required maxLength={80} data-autofocus {...fields.text('name')} />
          <TextInput label={t('tickets.filter.label')} maxLength={500} spellCheck={false} {...fields.text('query')} />
          <SortSelect value={values.sort} error={fields.errors.sort} onChange={(sort) => fields.set('sort', sort)} />
          <ColumnChooser
            choices={choices}
            value={values.columns}
            error={fields.errors.columns}
            onChange={(keys) => fields.set('columns', keys)}
          />
          {mayShare && !isEdit && (
            <Checkbox
              label={t('tickets.view.shared')}
              checked={values.isShared}
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
    </Dialog>
  );
}

type SortProps = { value: string | null; error: string | undefined; onChange: (sort: string | null) => void };

function SortSelect({ value, error, onChange }: SortProps) {
  const { t } = useTranslation();
  const words = SORTS.map((sort) => ({ value: sort, label: t(`tickets.sort.${sort.replace('-', 'desc_')}`) }));
  const isOther = value !== null && !SORTS.includes(value);
  return (
    <Select
      label={t('tickets.sort.label')}
      clearable
      data={isOther ? [{ value, label: value }, ...words] : words}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
