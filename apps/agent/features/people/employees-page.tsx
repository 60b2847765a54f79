import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Button, Select } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useEmployeeColumns } from './employee-columns';
import { EmployeeDrawer } from './employee-drawer';
import { employeesQuery, type EmployeeFilter, type EmployeeState } from './employees.queries';
import { PeopleTabs } from './people-tabs';
import { useRoleName } from './role-words';
import { rolesQuery } from './roles.queries';
import { allTeamsQuery } from './teams.queries';

const STATES: EmployeeState[] = ['active', 'inactive', 'archived', 'all'];

/** Everybody who works here; a row opens the person's card over the list. */
export function EmployeesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('people.manage');
  const isNarrow = useNarrow();
  const columns = useEmployeeColumns(isNarrow);
  const grid = useGridFocus();
  const filter = useFilter(address.get);
  const list = useInfiniteQuery({ ...employeesQuery(filter), placeholderData: keepPreviousData });
  const go = (to?: string) =>
    void navigate({ pathname: `/people/employees${to ? `/${to}` : ''}`, search: address.search });
  const create = () => go('new');
  useHotkey('KeyN', create, { label: t('people.employees.add'), group: t('directory.keys'), isOn: isManager });
  const isFiltered = Object.keys(filter).length > 0;

  return (
    <Page
      isWide
      title={t('people.employees.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={create}>
            {t('people.employees.add')}
          </Button>
        )
      }
      toolbar={<PeopleTabs />}
    >
      <Filters address={address} onDown={grid.focus} />
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('people.employees.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconUsers size={36} stroke={1.3} />,
            title: t(isFiltered ? 'people.employees.nothing' : 'people.employees.empty'),
            hint: t(isFiltered ? 'people.employees.nothingHint' : 'people.employees.emptyHint'),
          }}
        />
      </div>
      {id && <EmployeeDrawer key={id} id={id === 'new' ? null : id} onClose={() => go()} />}
    </Page>
  );
}

function useFilter(get: (key: string) => string | undefined): EmployeeFilter {
  const [q, state, roleId, teamId] = [get('q'), get('state'), get('role'), get('team')];
  return useMemo(
    () => ({
      ...(q ? { q } : {}),
      ...(state && STATES.includes(state as EmployeeState) ? { state: state as EmployeeState } : {}),
      ...(roleId ? { roleId } : {}),
      ...(teamId ? { teamId } : {}),
    }),
    [q, state, roleId, teamId],
  );
}

function Filters({ address, onDown }: { address: ReturnType<typeof useListAddress>; onDown: () => void }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const { data: roles = [] } = useQuery(rolesQuery());
  const { data: teams = [] } = useQuery(allTeamsQuery());
  const common = {
    size: 'xs',
    clearable: true,
    clearButtonProps: { 'aria-label': t('directory.clear') },
    w: 170,
  } as const;
  return (
    <FilterBar>
      <SearchBox
        label={t('people.employees.search')}
        value={address.get('q') ?? ''}
        onChange={(q) => address.set({ q })}
        onDown={onDown}
      />
      <Select
        {...common}
        aria-label={t('people.state.label')}
        placeholder={t('people.state.current')}
        data={STATES.map((value) => ({ value, label: t(`people.state.${value}`) }))}
        value={address.get('state') ?? null}
        onChange={(state) => address.set({ state })}
      />
      <Select
        {...common}
        searchable
        aria-label={t('people.role')}
        placeholder={t('people.anyRole')}
        data={roles.map((role) => ({ value: role.id, label: nameOf(role) }))}
        value={address.get('role') ?? null}
        onChange={(role) => address.set({ role })}
      />
      <Select
        {...common}
        searchable
        aria-label={t('people.team')}
        placeholder={t('people.anyTeam')}
        data={teams.map((team) => ({ value: team.id, label: team.name }))}
        value={address.get('team') ?? null}
        onChange={(team) => address.set({ team })}
      />
    </FilterBar>
  );
}
