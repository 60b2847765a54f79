import { Button, Menu } from '@mantine/core';
import { notifyProblem } from '@opora/ui/theme';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateChecklist } from './checklists.queries';
import { SubjectsDialog } from './subjects-dialog';
import { templatesQuery, type TemplateRow } from './templates.queries';

/** Puts a template's checklist on the ticket, or an empty one. A matrix asks first for whom. */
export function AddChecklist({ ticket, typeId }: { ticket: string; typeId: string }) {
  const { t } = useTranslation();
  const [isOpen, open] = useState(false);
  const [matrix, ask] = useState<TemplateRow | null>(null);
  const { data } = useInfiniteQuery({ ...templatesQuery({ typeId }), enabled: isOpen });
  const create = useCreateChecklist(ticket);
  const templates = data?.pages.flatMap((page) => page.data) ?? [];
  const onError = (error: Error) => notifyProblem(t('ui.failed'), error);
  const choose = (template: TemplateRow) =>
    template.axis ? ask(template) : create.mutate({ templateId: template.id }, { onError });
  return (
    <>
      <Menu opened={isOpen} onChange={open} position="bottom-start" width={280}>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} loading={create.isPending}>
            {t('checklists.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
          {templates.length > 0 && <Menu.Label>{t('checklists.templates.title')}</Menu.Label>}
          {templates.map((template) => (
            <Menu.Item key={template.id} onClick={() => choose(template)}>
              {template.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => create.mutate({ name: t('checklists.newName') }, { onError })}>
            {t('checklists.addEmpty')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {matrix && (
        <SubjectsDialog
          title={matrix.name}
          axis={matrix.axis ?? 'people'}
          present={[]}
          isBusy={create.isPending}
          onClose={() => ask(null)}
          onSave={(subjects) =>
            create.mutate({ templateId: matrix.id, subjects }, { onSuccess: () => ask(null), onError })
          }
        />
      )}
    </>
  );
}
