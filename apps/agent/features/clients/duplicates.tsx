import { Alert, Badge, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './clients.module.css';
import type { Duplicate } from './companies.queries';
import { Dialog } from '@opora/ui/dialog';

/** Companies that look like the one being written, and by what. */
export function DuplicateList({ duplicates }: { duplicates: Duplicate[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.duplicates}>
      {duplicates.map(({ id, name, inn, archivedAt, sameBy }) => (
        <li key={id}>
          <Link to={`/clients/companies/${id}`} target="_blank" rel="noopener">
            {name}
          </Link>
          {inn && <span className={classes.dim}>{t('clients.innShort', { inn })}</span>}
          {archivedAt && <Badge color="gray">{t('clients.archived')}</Badge>}
          <span className={classes.dim}>
            {sameBy.map((by) => t(`clients.duplicates.by.${by.split(':')[0]}`, { defaultValue: by })).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

type AlertProps = { duplicates: Duplicate[]; isBusy: boolean; onConfirm: () => void };

/** The same inside a form: look at them, or create all the same. */
export function DuplicatesAlert({ duplicates, isBusy, onConfirm }: AlertProps) {
  const { t } = useTranslation();
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={18} />}
      title={t('clients.duplicates.title', { count: duplicates.length })}
      classNames={{ message: classes.plain, title: classes.plain }}
    >
      <DuplicateList duplicates={duplicates} />
      <Button mt="xs" variant="default" loading={isBusy} onClick={onConfirm}>
        {t('clients.duplicates.createAnyway')}
      </Button>
    </Alert>
  );
}

type DialogProps = { duplicates: Duplicate[]; confirm: string; onConfirm: () => void; onClose: () => void };

/** Asks before a change makes a company look like another. */
export function DuplicatesDialog({ duplicates, confirm, onConfirm, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t('clients.duplicates.title', { count: duplicates.length })}>
      <DuplicateList duplicates={duplicates} />
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button onClick={onConfirm}>{confirm}</Button>
      </Group>
    </Dialog>
  );
}
