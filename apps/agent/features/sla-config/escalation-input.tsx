import { PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { peopleQuery, teamsQuery } from '@/pickers/directory.queries';
import { ActionIcon, Button, Group, Input, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyMetric } from './policies.queries';

type Targets = PolicyMetric['escalateTo'];
type Target = Targets[number];
type Props = { escalateTo: Targets; isOpen: boolean; error: string | undefined; onChange: (targets: Targets) => void };

const KINDS = ['assignee', 'team_lead', 'team', 'employee'] as const;

/** Who is told at every warning and at the breach. */
export function EscalationInput({ escalateTo, isOpen, error, onChange }: Props) {
  const { t } = useTranslation();
  const set = (index: number, target: Target) => onChange(escalateTo.map((each, at) => (at === index ? target : each)));
  return (
    <Input.Wrapper label={t('slaConfig.escalation.title')} labelElement="div" size="xs" error={error}>
      {escalateTo.map((target, index) => (
        <Group key={index} gap={6} mt={4} align="center">
          <Select
            size="xs"
            w={190}
            aria-label={t('slaConfig.escalation.nth', { n: index + 1 })}
            allowDeselect={false}
            disabled={!isOpen}
            data={KINDS.map((value) => ({ value, label: t(`slaConfig.escalation.${value}`) }))}
            value={target.kind}
            onChange={(kind) => set(index, { kind: kind as Target['kind'] })}
          />
          <Whom target={target} isOpen={isOpen} onChange={(next) => set(index, next)} />
          {isOpen && (
            <ActionIcon
              size="sm"
              aria-label={t('slaConfig.escalation.drop', { n: index + 1 })}
              onClick={() => onChange(escalateTo.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {isOpen && (
        <Button
          variant="subtle"
          size="compact-xs"
          mt={4}
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...escalateTo, { kind: escalateTo.length === 0 ? 'assignee' : 'team_lead' }])}
        >
          {t('slaConfig.escalation.add')}
        </Button>
      )}
    </Input.Wrapper>
  );
}

type WhomProps = { target: Target; isOpen: boolean; onChange: (target: Target) => void };

/** One employee, or one team; the ticket's own needs no choice. */
function Whom({ target, isOpen, onChange }: WhomProps) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const { data: people } = useQuery({ ...peopleQuery(''), enabled: target.kind === 'employee' && Boolean(target.id) });
  const { data: teams } = useQuery({ ...teamsQuery(), enabled: target.kind === 'team' && Boolean(target.id) });
  if (target.kind !== 'employee' && target.kind !== 'team') return null;
  const known = target.kind === 'employee' ? people : teams;
  const value = !target.id
    ? null
    : picked?.id === target.id
      ? picked
      : (known?.find(({ id }) => id === target.id) ?? { id: target.id, name: '…' });
  const Picker = target.kind === 'employee' ? PersonPicker : TeamPicker;
  return (
    <Picker
      size="xs"
      w={200}
      disabled={!isOpen}
      aria-label={t(`slaConfig.escalation.${target.kind}`)}
      placeholder={target.kind === 'team' ? t('slaConfig.escalation.ownTeam') : undefined}
      clearable={target.kind === 'team'}
      value={value}
      onChange={(entry: { id: string; name: string } | null) => {
        setPicked(entry);
        onChange(entry ? { kind: target.kind, id: entry.id } : { kind: target.kind });
      }}
    />
  );
}
