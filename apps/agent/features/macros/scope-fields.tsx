import { useHolds } from '@/api';
import { teamsQuery } from '@/pickers/directory.queries';
import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Scope } from './macros.queries';

const SCOPES = ['personal', 'team', 'shared'] as const;

type Props = {
  scope: Scope;
  teamIds: string[];
  errors: Partial<Record<string, string>>;
  isDisabled?: boolean;
  onScope: (scope: Scope) => void;
  onTeams: (ids: string[]) => void;
};

/** Whose it is: one's own, some teams', everybody's. */
export function ScopeFields({ scope, teamIds, errors, isDisabled, onScope, onTeams }: Props) {
  const { t } = useTranslation();
  const mayShare = useHolds('macros.manage');
  const { data: teams = [] } = useQuery({ ...teamsQuery(), enabled: scope === 'team' });
  return (
    <>
      <Select
        label={t('macros.field.scope')}
        allowDeselect={false}
        disabled={isDisabled}
        error={errors.scope}
        description={mayShare || isDisabled ? undefined : t('macros.scope.onlyOwn')}
        data={SCOPES.map((value) => ({
          value,
          label: t(`macros.scope.${value}`),
          disabled: value !== 'personal' && !mayShare,
        }))}
        value={scope}
        onChange={(next) => onScope(next as Scope)}
      />
      {scope === 'team' && (
        <MultiSelect
          label={t('macros.field.teams')}
          required
          searchable
          disabled={isDisabled}
          error={errors.teamIds}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={teamIds}
          onChange={onTeams}
        />
      )}
    </>
  );
}
