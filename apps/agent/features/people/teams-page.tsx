import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Switch, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconAddressBookOff, IconMessageOff, IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PeopleTabs } from './people-tabs';
import classes from './people.module.css';
import { TeamDrawer } from './team-drawer';
import { teamsQuery, type Team } from './teams.queries';

/** Teams by support line with their people and what the line may not do. */
export function TeamsPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('people.manage');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const [q, archived] = [address.get('q'), address.get('archived') === '1'];
  const list = useInfiniteQuery({
    ...teamsQuery({ ...(q ? { q } : {}), ...(archived ? { archived } : {}) }),
    placeholderData: keepPreviousData,
  });
  const go = (to?: string) => void navigate({ pathname: `/people/teams${to ? `/${to}` : ''}`, search: address.search });
  useHotkey('KeyN', () => go('new'), { label: t('people.teams.add'), group: t('directory.keys'), isOn: isManager });

  return (
    <Page
      isWide
      title={t('people.teams.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
            {t('people.teams.add')}
          </Button>
        )
      }
      toolbar={<PeopleTabs />}
    >
      <FilterBar>
        <SearchBox
          label={t('people.teams.search')}
          value={q ?? ''}
          onChange={(value) => address.set({ q: value })}
          onDown={grid.focus}
        />
        <Switch
          label={t('people.teams.showArchived')}
          checked={archived}
          onChange={(event) => address.set({ archived: event.currentTarget.checked ? '1' : null })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('people.teams.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconUsersGroup size={36} stroke={1.3} />,
            title: t(q || archived ? 'people.teams.nothing' : 'people.teams.empty'),
            hint: t(q || archived ? 'people.teams.nothingHint' : 'people.teams.emptyHint'),
          }}
        />
      </div>
      {id && <TeamDrawer key={id} id={id === 'new' ? null : id} onClose={() => go()} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Team>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const line = {
      key: 'line',
      header: t('people.field.line'),
      width: '72px',
      render: (team: Team) => <Badge color="gray">{t('people.lineShort', { line: team.line })}</Badge>,
    };
    if (isNarrow)
      return [
        line,
        {
          key: 'team',
          header: t('people.field.team'),
          width: '1fr',
          render: (team: Team) => <TeamLines team={team} />,
        },
      ];
    return [
      line,
      {
        key: 'name',
        header: t('people.field.team'),
        width: 'minmax(160px, 1fr)',
        render: (team: Team) => <span className={classes.clip}>{team.name}</span>,
      },
      {
        key: 'lead',
        header: t('people.field.leadId'),
        width: 'minmax(140px, 180px)',
        render: (team: Team) => team.lead?.name ?? '',
      },
      {
        key: 'members',
        header: t('people.field.memberIds'),
        width: 'minmax(200px, 2fr)',
        render: (team: Team) => <Members team={team} />,
      },
      {
        key: 'limits',
        header: t('people.field.limits'),
        width: 'minmax(150px, 300px)',
        render: (team: Team) => <Limits team={team} />,
      },
    ];
  }, [isNarrow, t]);
}

function Members({ team }: { team: Team }) {
  const { t } = useTranslation();
  if (team.members.length === 0) return <span className={classes.dim}>{t('people.teams.nobody')}</span>;
  return (
    <span title={team.members.map(({ name }) => name).join(', ')}>
      <b>{team.members.length}</b>{' '}
      <span className={classes.dim}>{team.members.map(({ name }) => name).join(', ')}</span>
    </span>
  );
}

/** R-05: what the line is kept from, in sign and words. */
function Limits({ team }: { team: Team }) {
  const { t } = useTranslation();
  if (!team.forbidsClientReplies && !team.hidesClientContacts) return null;
  return (
    <Group gap={4} wrap="nowrap" flex="none">
      {team.forbidsClientReplies && (
        <Badge
          color="orange"
          leftSection={<IconMessageOff size={13} aria-hidden />}
          title={t('people.field.forbidsClientReplies')}
        >
          {t('people.limit.replies')}
        </Badge>
      )}
      {team.hidesClientContacts && (
        <Badge
          color="orange"
          leftSection={<IconAddressBookOff size={13} aria-hidden />}
          title={t('people.field.hidesClientContacts')}
        >
          {t('people.limit.contacts')}
        </Badge>
      )}
    </Group>
  );
}

function TeamLines({ team }: { team: Team }) {
  const { t } = useTranslation();
  return (
    <div className={classes.twoLines}>
      <span className={classes.clip}>{team.name}</span>
      <Group gap={6} wrap="nowrap">
        <Limits team={team} />
        <Text size="xs" c="dimmed" truncate>
          {[team.lead?.name, t('people.teams.people', { count: team.members.length })].filter(Boolean).join(' · ')}
        </Text>
      </Group>
    </div>
  );
}
