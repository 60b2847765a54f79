import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Select, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconBuildings, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ClientTabs } from './client-tabs';
import classes from './clients.module.css';
import { categoriesQuery, companiesQuery, type ArchiveState, type Company } from './companies.queries';
import { CompanyForm } from './company-form';
import { CategoryChip } from './marks';

/** Every company the person may see. */
export function CompaniesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { get, set } = useListAddress();
  const [isCreating, setCreating] = useState(false);
  const isManager = useHolds('clients.manage');
  const isNarrow = useNarrow();
  const columns = useColumns(isNarrow);
  const grid = useGridFocus();
  const { data: categories } = useQuery(categoriesQuery());
  const [q, state, categoryId] = [get('q'), get('state') as ArchiveState | undefined, get('category')];
  const filter = { ...(q ? { q } : {}), ...(state ? { state } : {}), ...(categoryId ? { categoryId } : {}) };
  const list = useInfiniteQuery({ ...companiesQuery(filter), placeholderData: keepPreviousData });
  const isFiltered = Object.keys(filter).length > 0;
  const common = {
    size: 'xs',
    clearable: true,
    clearButtonProps: { 'aria-label': t('directory.clear') },
    w: 180,
  } as const;
  useHotkey('KeyN', () => setCreating(true), {
    label: t('clients.companies.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <Page
      isWide
      title={t('clients.companies.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
            {t('clients.companies.add')}
          </Button>
        )
      }
      toolbar={<ClientTabs />}
    >
      <FilterBar>
        <SearchBox
          label={t('clients.companies.search')}
          value={q ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
        <Select
          {...common}
          searchable
          aria-label={t('clients.category')}
          placeholder={t('clients.anyCategory')}
          data={(categories?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={categoryId ?? null}
          onChange={(category) => set({ category })}
        />
        <Select
          {...common}
          aria-label={t('clients.state.label')}
          placeholder={t('clients.state.active')}
          data={(['active', 'archived', 'all'] as const).map((value) => ({
            value,
            label: t(`clients.state.${value}`),
          }))}
          value={state ?? null}
          onChange={(value) => set({ state: value })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('clients.companies.title')}
          query={list}
          columns={columns}
          onOpen={({ id }) => void navigate(`/clients/companies/${id}`)}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconBuildings size={36} stroke={1.3} />,
            title: t(isFiltered ? 'clients.companies.nothing' : 'clients.companies.empty'),
            hint: t(isFiltered ? 'clients.nothingHint' : 'clients.companies.emptyHint'),
          }}
        />
      </div>
      {isCreating && (
        <CompanyForm
          onClose={() => setCreating(false)}
          onCreated={({ id }) => void navigate(`/clients/companies/${id}`)}
        />
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Company>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const who = ({ responsible: { employee, team } }: Company) =>
      [employee?.name, team?.name].filter(Boolean).join(', ');
    if (isNarrow) {
      const render = (row: Company) => (
        <div className={classes.twoLines}>
          <CompanyName company={row} />
          <Text size="xs" c="dimmed" truncate>
            {[
              ...row.categories.map(({ name }) => name),
              t('clients.contactCount', { count: row.contactCount }),
              t('clients.objectCount', { count: row.objectCount }),
            ].join(' · ')}
          </Text>
        </div>
      );
      return [{ key: 'company', header: t('clients.field.name'), width: '1fr', render }];
    }
    return [
      {
        key: 'name',
        header: t('clients.field.name'),
        width: 'minmax(220px, 2fr)',
        render: (row: Company) => <CompanyName company={row} />,
      },
      {
        key: 'inn',
        header: t('clients.field.inn'),
        width: '120px',
        render: (row: Company) => <span className={classes.dim}>{row.inn}</span>,
      },
      {
        key: 'categories',
        header: t('clients.field.categoryIds'),
        width: 'minmax(160px, 1.3fr)',
        render: (row: Company) => (
          <Group gap={4} wrap="nowrap">
            {row.categories.map((category) => (
              <CategoryChip key={category.id} {...category} />
            ))}
          </Group>
        ),
      },
      { key: 'responsible', header: t('clients.field.responsible'), width: 'minmax(150px, 1.2fr)', render: who },
      {
        key: 'contacts',
        header: t('clients.contacts.short'),
        width: '88px',
        align: 'end' as const,
        render: (row: Company) => row.contactCount || '',
      },
      {
        key: 'objects',
        header: t('clients.objects.short'),
        width: '88px',
        align: 'end' as const,
        render: (row: Company) => row.objectCount || '',
      },
    ];
  }, [isNarrow, t]);
}

function CompanyName({ company }: { company: Company }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" className={company.archivedAt ? classes.off : undefined}>
      <span className={classes.clip}>{company.name}</span>
      {company.isPartner && <Badge color="gray">{t('clients.kind.isPartner')}</Badge>}
      {company.isSupplier && <Badge color="gray">{t('clients.kind.isSupplier')}</Badge>}
      {company.archivedAt && <Badge color="gray">{t('clients.archived')}</Badge>}
    </Group>
  );
}
