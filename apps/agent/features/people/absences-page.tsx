import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { ActionIcon, Button, Group, Select } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { IconBeach, IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { AbsenceDrawer } from './absence-drawer';
import { addDays, mondayOf, todayOf } from './absence-days';
import { AbsenceList } from './absence-list';
import { AbsenceTimeline } from './absence-timeline';
import { absencesQuery, directoryTeamsQuery, teamPeopleQuery, type Absence } from './absences.queries';
import { PeopleTabs } from './people-tabs';

const WEEKS = 5;
const DAYS = WEEKS * 7;

/** Who is away when, and who stands in: five weeks of a team. */
export function AbsencesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isNarrow = useNarrow();
  const today = todayOf();
  const asked = address.get('from');
  const start = mondayOf(asked && /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today);
  const teamId = address.get('team');
  const window = { from: `${start}T00:00:00Z`, to: `${addDays(start, DAYS)}T00:00:00Z`, ...(teamId ? { teamId } : {}) };
  const { data, error, refetch } = useQuery(absencesQuery(window));
  const members = useQuery({ ...teamPeopleQuery(teamId ?? ''), enabled: !!teamId });
  const people = useMemo(() => peopleOf(data ?? [], teamId ? (members.data ?? []) : []), [data, members.data, teamId]);
  const go = (to?: string) =>
    void navigate({ pathname: `/people/absences${to ? `/${to}` : ''}`, search: address.search });
  const add = () => go('new');
  useHotkey('KeyN', add, { label: t('people.absences.add'), group: t('directory.keys'), isOn: !id });
  const step = (weeks: number) => address.set({ from: addDays(start, weeks * 7) });
  return (
    <Page
      title={t('people.absences.title')}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={add}>
          {t('people.absences.add')}
        </Button>
      }
      toolbar={<PeopleTabs />}
    >
      <Group gap="xs" mb="sm">
        <TeamSelect teamId={teamId} onChange={(next) => address.set({ team: next })} />
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('people.absences.earlier')}
            onClick={() => step(-WEEKS + 1)}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <Button variant="default" size="xs" h={30} onClick={() => address.set({ from: undefined })}>
            {t('people.absences.today')}
          </Button>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('people.absences.later')}
            onClick={() => step(WEEKS - 1)}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </Group>
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={32} />}
      {data && people.length === 0 && (
        <EmptyState
          icon={<IconBeach size={36} stroke={1.3} />}
          title={t('people.absences.empty')}
          hint={t('people.absences.emptyHint')}
          action={<Button onClick={add}>{t('people.absences.add')}</Button>}
        />
      )}
      {data &&
        people.length > 0 &&
        (isNarrow ? (
          <AbsenceList absences={data} onOpen={go} />
        ) : (
          <AbsenceTimeline people={people} absences={data} start={start} count={DAYS} today={today} onOpen={go} />
        ))}
      {id && <AbsenceDrawer key={id} id={id === 'new' ? null : id} onClose={() => go()} />}
    </Page>
  );
}

export type Person = { id: string; name: string };

/** Everybody with a row: the team, and whoever is away; by name. */
function peopleOf(absences: readonly Absence[], members: readonly Person[]): Person[] {
  const found = new Map([...members, ...absences.map(({ employee }) => employee)].map((person) => [person.id, person]));
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

function TeamSelect({ teamId, onChange }: { teamId: string | undefined; onChange: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(directoryTeamsQuery());
  return (
    <Select
      aria-label={t('people.team')}
      placeholder={t('people.absences.everybody')}
      clearable
      w={230}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={teamId ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
