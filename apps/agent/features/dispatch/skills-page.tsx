import { useHolds } from '@/api';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { useRows } from '@/directory/use-rows';
import { teamsQuery } from '@/pickers/directory.queries';
import { Button, SegmentedControl, Select } from '@mantine/core';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconAdjustments, IconPlus, IconSchool } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { DispatchTabs } from './dispatch-tabs';
import type { Engineer, Skill } from './dispatch.types';
import { EngineerDrawer } from './engineer-drawer';
import { SettingsDrawer } from './settings-drawer';
import { SkillDialog } from './skill-dialog';
import { type MatrixRow, SkillMatrix } from './skill-matrix';
import { engineersQuery, skillsQuery, typeSkillsQuery, useSaveEngineer, useSetTypeSkills } from './skills.queries';
import classes from './skills.module.css';

/** R-03: who knows what, and what tickets of a type need. */
export function SkillsPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('dispatch.manage');
  const isOfTypes = address.get('of') === 'types';
  const skills = useQuery(skillsQuery());
  const [asked, ask] = useState<Skill | 'new' | null>(null);
  const [areSettingsOpen, openSettings] = useState(false);
  const go = (to?: string) =>
    void navigate({ pathname: `/dispatch/skills${to ? `/${to}` : ''}`, search: address.search });
  return (
    <Page
      isWide
      title={t('dispatch.skills.title')}
      toolbar={<DispatchTabs />}
      actions={
        isManager && (
          <>
            <Button variant="default" leftSection={<IconAdjustments size={15} />} onClick={() => openSettings(true)}>
              {t('dispatch.settings.title')}
            </Button>
            <Button leftSection={<IconPlus size={15} />} onClick={() => ask('new')}>
              {t('dispatch.skills.add')}
            </Button>
          </>
        )
      }
    >
      <FilterBar>
        <SegmentedControl
          size="xs"
          aria-label={t('dispatch.skills.of')}
          data={[
            { value: 'people', label: t('dispatch.skills.people') },
            { value: 'types', label: t('dispatch.skills.types') },
          ]}
          value={isOfTypes ? 'types' : 'people'}
          onChange={(value) => address.set({ of: value === 'types' ? value : null })}
        />
        {!isOfTypes && <PeopleFilters />}
      </FilterBar>
      {skills.error ? (
        <ErrorState error={skills.error} onRetry={() => void skills.refetch()} />
      ) : !skills.data ? (
        <Loading lines={10} height={24} />
      ) : isOfTypes ? (
        <TypeMatrix skills={skills.data} isManager={isManager} onSkill={ask} />
      ) : (
        <PeopleMatrix skills={skills.data} onSkill={isManager ? ask : undefined} openId={id} onOpen={go} />
      )}
      {asked && <SkillDialog skill={asked === 'new' ? null : asked} onClose={() => ask(null)} />}
      {areSettingsOpen && <SettingsDrawer onClose={() => openSettings(false)} />}
    </Page>
  );
}

function PeopleFilters() {
  const { t } = useTranslation();
  const address = useListAddress();
  const teams = useQuery(teamsQuery());
  return (
    <>
      <SearchBox
        label={t('dispatch.skills.search')}
        value={address.get('q') ?? ''}
        onChange={(q) => address.set({ q })}
      />
      <Select
        size="xs"
        aria-label={t('dispatch.board.team')}
        placeholder={t('dispatch.board.everybody')}
        clearable
        searchable
        data={(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={address.get('team') ?? null}
        onChange={(team) => address.set({ team })}
      />
    </>
  );
}

type PeopleProps = {
  skills: Skill[];
  onSkill: ((skill: Skill) => void) | undefined;
  openId: string | undefined;
  onOpen: (id?: string) => void;
};

function PeopleMatrix({ skills, onSkill, openId, onOpen }: PeopleProps) {
  const { t } = useTranslation();
  const address = useListAddress();
  const isNarrow = useNarrow();
  const [q, teamId] = [address.get('q'), address.get('team')];
  const list = useInfiniteQuery({
    ...engineersQuery({ ...(q ? { q } : {}), ...(teamId ? { teamId } : {}) }),
    placeholderData: keepPreviousData,
  });
  const { rows, more, isLoadingMore } = useRows(list);
  const save = useSaveEngineer();
  const opened = rows.find(({ id }) => id === openId);
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading lines={10} height={24} />;
  if (!rows.length)
    return <EmptyState icon={<IconSchool size={36} stroke={1.3} />} title={t('dispatch.skills.nobody')} />;
  const change = ({ id }: MatrixRow, levels: Engineer['skills']) =>
    save.mutate({ id, body: { skills: levels } }, { onError: (error) => notifyProblem(t('ui.failed'), error) });
  return (
    <>
      {isNarrow ? (
        <ul className={classes.cards}>
          {rows.map((person) => (
            <li key={person.id}>
              <button type="button" className={classes.card} onClick={() => onOpen(person.id)}>
                <span className={classes.cardName}>{person.name}</span>
                <span className={classes.dim}>{wordsOf(person, skills) || t('dispatch.skills.none')}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <SkillMatrix
          label={t('dispatch.skills.title')}
          corner={t('dispatch.skills.person')}
          skills={skills}
          rows={rows.map((person) => ({
            id: person.id,
            name: person.name,
            skills: echoOf(person, save),
            isOpen: person.isManaged,
            head: (
              <button type="button" className={classes.link} onClick={() => onOpen(person.id)}>
                {person.name}
              </button>
            ),
          }))}
          renderSkill={(skill) => <SkillHead skill={skill} onOpen={onSkill} />}
          onChange={change}
        />
      )}
      {skills.length === 0 && <p className={classes.hint}>{t('dispatch.skills.empty')}</p>}
      {list.hasNextPage && (
        <Button variant="subtle" loading={isLoadingMore} onClick={more}>
          {t('ui.more')}
        </Button>
      )}
      {opened && <EngineerDrawer key={opened.id} person={opened} skills={skills} onClose={() => onOpen()} />}
    </>
  );
}

/** What is being saved is shown at once. */
const echoOf = (person: Engineer, { isPending, variables }: ReturnType<typeof useSaveEngineer>): Engineer['skills'] =>
  (isPending && variables.id === person.id && variables.body.skills) || person.skills;

const wordsOf = (person: Engineer, skills: Skill[]): string =>
  person.skills
    .map(({ skillId, level }) => `${skills.find(({ id }) => id === skillId)?.name ?? ''} ${level}`)
    .join(' · ');

type TypeProps = { skills: Skill[]; isManager: boolean; onSkill: (skill: Skill) => void };

function TypeMatrix({ skills, isManager, onSkill }: TypeProps) {
  const { t } = useTranslation();
  const types = useQuery(typeSkillsQuery());
  const save = useSetTypeSkills();
  if (types.error) return <ErrorState error={types.error} onRetry={() => void types.refetch()} />;
  if (!types.data) return <Loading lines={6} height={24} />;
  return (
    <>
      <SkillMatrix
        label={t('dispatch.skills.types')}
        corner={t('dispatch.skills.type')}
        skills={skills}
        rows={types.data.map(({ typeId, name, skills: own }) => ({
          id: typeId,
          name,
          head: name,
          skills: (save.isPending && save.variables.typeId === typeId && save.variables.skills) || own,
          isOpen: isManager,
        }))}
        renderSkill={(skill) => <SkillHead skill={skill} onOpen={isManager ? onSkill : undefined} />}
        onChange={({ id }, levels) =>
          save.mutate({ typeId: id, skills: levels }, { onError: (error) => notifyProblem(t('ui.failed'), error) })
        }
      />
      <p className={classes.hint}>{t('dispatch.skills.typesHint')}</p>
    </>
  );
}

function SkillHead({ skill, onOpen }: { skill: Skill; onOpen: ((skill: Skill) => void) | undefined }) {
  if (!onOpen) return <span>{skill.name}</span>;
  return (
    <button type="button" className={classes.link} onClick={() => onOpen(skill)}>
      {skill.name}
    </button>
  );
}
