import { List, Stack, Text } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useTranslation } from 'react-i18next';

type Told = { field: string; label: string; value?: string | null };
/** What another type means for a ticket. */
export type TypePreview = {
  /** Filled fields that the new form does not show. */
  lost: Told[];
  /** What the new form requires and the ticket lacks. */
  missing: Told[];
};

type Props = {
  from: string;
  to: string;
  preview: TypePreview;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** Another type has another form: what of the filled fields goes out of sight, what is still to be filled in. */
export function TypeChangeDialog({ from, to, preview: { lost, missing }, isBusy, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      opened
      title={t('tickets.typeChange.title', { from, to })}
      confirm={t('tickets.typeChange.confirm')}
      isDangerous={lost.length > 0}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <Stack gap="sm">
        {lost.length > 0 && <Fields title={t('tickets.typeChange.lost')} fields={lost} />}
        {missing.length > 0 && <Fields title={t('tickets.typeChange.missing')} fields={missing} />}
      </Stack>
    </ConfirmDialog>
  );
}

function Fields({ title, fields }: { title: string; fields: Told[] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm">
        {fields.map(({ field, label, value }) => (
          <List.Item key={field}>
            {label}
            {value ? `: ${value}` : ''}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
