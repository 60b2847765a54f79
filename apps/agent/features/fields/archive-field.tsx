import { ArchiveButton } from '@/directory/archive-button';
import { Deeds } from '@/directory/form-drawer';
import { useTranslation } from 'react-i18next';
import { useArchiveField, type CustomField } from './fields.queries';
import { useLocal } from './use-local';

/** Takes a field out of forms, or back; what was filled in stays readable. */
export function ArchiveField({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <Deeds>
      <ArchiveButton
        isArchived={field.archivedAt !== null}
        title={t('fields.archiveAsk', { name: local(field.name) })}
        hint={t('fields.archiveHint')}
        done={t(field.archivedAt ? 'fields.restored' : 'fields.archivedDone')}
        archive={useArchiveField(field.id)}
      />
    </Deeds>
  );
}
