import { useHolds } from '@/api';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { TemplateForm } from './template-form';
import { templateQuery } from './templates.queries';

/** The editor of one template, or of a new one. */
export function TemplatePage() {
  const { t } = useTranslation();
  const { id = 'new' } = useParams();
  const isManager = useHolds('checklists.manage');
  const { data, error, refetch } = useQuery({ ...templateQuery(id), enabled: id !== 'new' });
  if (id === 'new') return <TemplateForm key="new" template={null} isOpen={isManager} />;
  if (data)
    return (
      <TemplateForm key={`${id}-${data.archivedAt !== null}`} template={data} isOpen={isManager && !data.archivedAt} />
    );
  return (
    <Page title={t('checklists.templates.one')}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={10} />}
    </Page>
  );
}
