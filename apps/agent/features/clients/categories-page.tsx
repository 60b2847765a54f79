import { useHolds } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { ActionIcon, Button, ColorInput, Text, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconPencil, IconPlus, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClientTabs } from './client-tabs';
import classes from './clients.module.css';
import { categoriesQuery, useSaveCategory, type Category } from './companies.queries';
import { CategoryChip } from './marks';

const SWATCHES = [
  '#e8590c',
  '#e03131',
  '#c2255c',
  '#9c36b5',
  '#3b5bdb',
  '#1971c2',
  '#0c8599',
  '#2f9e44',
  '#f08c00',
  '#868e96',
];

/** Groups of clients and every place that uses them. */
export function CategoriesPage() {
  const { t, i18n } = useTranslation();
  const isManager = useHolds('clients.manage');
  const { data, error, isPending, refetch } = useQuery(categoriesQuery());
  const [edited, edit] = useState<Category | 'new' | null>(null);
  useHotkey('KeyN', () => edit('new'), {
    label: t('clients.categories.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  const add = isManager && (
    <Button leftSection={<IconPlus size={15} />} onClick={() => edit('new')}>
      {t('clients.categories.add')}
    </Button>
  );
  return (
    <Page title={t('clients.categories.title')} actions={add} toolbar={<ClientTabs />}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading lines={5} />}
      {data?.data.length === 0 && (
        <EmptyState
          icon={<IconTags size={36} stroke={1.3} />}
          title={t('clients.categories.empty')}
          hint={t('clients.categories.emptyHint')}
          action={add}
        />
      )}
      {data && data.data.length > 0 && (
        <ul className={classes.rows} style={{ maxWidth: 760 }} aria-label={t('clients.categories.title')}>
          {data.data.map((category) => (
            <li key={category.id}>
              <div className={classes.rowMain}>
                <CategoryChip {...category} /> <span className={classes.dim}>{category.code}</span>
                {category.roles.length > 0 && (
                  <Text size="xs" c="dimmed">
                    {t('clients.categories.limits', {
                      roles: category.roles.map(({ name }) => name[i18n.language as 'ru' | 'en'] ?? name.ru).join(', '),
                    })}
                  </Text>
                )}
              </div>
              <Link to={`/clients/companies?category=${category.id}`} className={classes.link}>
                {t('clients.companyCount', { count: category.companyCount })}
              </Link>
              {isManager && (
                <ActionIcon
                  aria-label={t('clients.categories.edit', { name: category.name })}
                  onClick={() => edit(category)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {edited && (
        <CategoryForm
          key={edited === 'new' ? 'new' : edited.id}
          category={edited === 'new' ? null : edited}
          onClose={() => edit(null)}
        />
      )}
    </Page>
  );
}

function CategoryForm({ category, onClose }: { category: Category | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveCategory(category?.id ?? null);
  const [problem, setProblem] = useState<Error | null>(null);
  const fields = useFields({
    name: category?.name ?? '',
    code: category?.code ?? '',
    color: category?.color ?? SWATCHES[4] ?? '',
  });
  const submit = () => {
    setProblem(null);
    save.mutate(fields.values, {
      onSuccess: () => {
        notifyDone(t('ui.saved'));
        onClose();
      },
      onError: (error) => !fields.applyProblem(error) && setProblem(error),
    });
  };
  return (
    <SideDrawer title={category?.name ?? t('clients.categories.add')} onClose={onClose}>
      <CardForm
        problem={problem}
        submit={category ? t('ui.save') : t('clients.categories.create')}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput
          label={t('clients.categories.name')}
          required
          maxLength={100}
          data-autofocus
          {...fields.text('name')}
        />
        <TextInput
          label={t('clients.categories.code')}
          description={t('clients.categories.codeHint')}
          required
          maxLength={50}
          {...fields.text('code')}
        />
        <ColorInput
          label={t('clients.categories.color')}
          required
          format="hex"
          swatches={SWATCHES}
          eyeDropperButtonProps={{ 'aria-label': t('clients.categories.pick') }}
          {...fields.pick('color')}
        />
      </CardForm>
    </SideDrawer>
  );
}
