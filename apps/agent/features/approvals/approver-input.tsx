import { PersonPicker } from '@/pickers/directory-pickers';
import { teamsQuery } from '@/pickers/directory.queries';
import { ActionIcon, Button, Input, NativeSelect, NumberInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { newApprover, type Approver } from './route-draft';
import { rolesQuery } from './route-settings.queries';

type Kinds = readonly Approver['by'][];
type Props = {
  label: string;
  kinds: Kinds;
  value: Approver;
  error?: string | undefined;
  /** Where no list says it above. */
  isLabelShown?: boolean;
  onChange: (approver: Approver) => void;
};

/** Whom a stage asks: how they are found, and by what. */
export function ApproverInput({ label, kinds, value, error, isLabelShown, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper {...(isLabelShown && { label })} labelElement="div" error={error} className={classes.grow}>
      <div className={classes.approver}>
        <NativeSelect
          aria-label={label}
          value={value.by}
          onChange={({ currentTarget }) => onChange(newApprover(currentTarget.value as Approver['by']))}
          data={kinds.map((by) => ({ value: by, label: t(`approvals.routes.by.${by}`) }))}
        />
        <Whom label={label} value={value} onChange={onChange} />
      </div>
    </Input.Wrapper>
  );
}

function Whom({ label, value, onChange }: Pick<Props, 'label' | 'value' | 'onChange'>) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery({ ...teamsQuery(), enabled: value.by === 'team_lead' });
  const name = `${label}: ${t('approvals.routes.whom')}`;
  if (value.by === 'employee')
    return (
      <PersonPicker
        aria-label={name}
        value={value.employeeId ? { id: value.employeeId, name: value.label } : null}
        onChange={(person) => onChange({ ...value, employeeId: person?.id ?? null, label: person?.name ?? '' })}
      />
    );
  if (value.by === 'role')
    return <RoleSelect name={name} roleId={value.roleId} onChange={(roleId) => onChange({ ...value, roleId })} />;
  if (value.by === 'team_lead')
    return (
      <NativeSelect
        aria-label={name}
        value={value.teamId ?? ''}
        onChange={({ currentTarget }) => onChange({ ...value, teamId: currentTarget.value || null })}
        data={[
          { value: '', label: t('approvals.routes.ownTeam') },
          ...teams.map(({ id, name: team }) => ({ value: id, label: team })),
        ]}
      />
    );
  if (value.by === 'managers') return <Managers name={name} value={value} onChange={onChange} />;
  return null;
}

/** So many managers above the initiator, or all up to the holder of a role. */
function Managers({ name, value, onChange }: { name: string } & Pick<Props, 'value' | 'onChange'>) {
  const { t } = useTranslation();
  const isUpTo = value.upToRoleId !== null;
  return (
    <>
      <NativeSelect
        aria-label={`${name}: ${t('approvals.routes.howFar')}`}
        value={isUpTo ? 'role' : 'levels'}
        onChange={({ currentTarget }) =>
          onChange({
            ...value,
            ...(currentTarget.value === 'role' ? { levels: null, upToRoleId: '' } : { levels: 1, upToRoleId: null }),
          })
        }
        data={(['levels', 'role'] as const).map((each) => ({ value: each, label: t(`approvals.routes.far.${each}`) }))}
      />
      {isUpTo ? (
        <RoleSelect
          name={name}
          roleId={value.upToRoleId}
          onChange={(upToRoleId) => onChange({ ...value, upToRoleId: upToRoleId ?? '' })}
        />
      ) : (
        <NumberInput
          aria-label={name}
          w={80}
          min={1}
          max={10}
          allowDecimal={false}
          value={value.levels ?? 1}
          onChange={(levels) => onChange({ ...value, levels: Number(levels) || 1 })}
        />
      )}
    </>
  );
}

type RoleProps = { name: string; roleId: string | null; onChange: (roleId: string | null) => void };

function RoleSelect({ name, roleId, onChange }: RoleProps) {
  const { t } = useTranslation();
  const { data: roles = [] } = useQuery(rolesQuery());
  return (
    <NativeSelect
      aria-label={name}
      value={roleId ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
      data={[
        { value: '', label: t('approvals.routes.chooseRole') },
        ...roles.filter(({ id, isActive }) => isActive || id === roleId).map(({ id, label }) => ({ value: id, label })),
      ]}
    />
  );
}

type ListProps = {
  label: string;
  kinds: Kinds;
  value: Approver[];
  fewest?: number;
  errorAt: (index: number) => string | undefined;
  onChange: (approvers: Approver[]) => void;
};

/** Several of them, in their order. */
export function ApproverList({ label, kinds, value, fewest = 0, errorAt, onChange }: ListProps) {
  const { t } = useTranslation();
  const nth = (index: number) => t('approvals.routes.nth', { label, n: index + 1 });
  return (
    <Input.Wrapper label={label} labelElement="div">
      {value.map((approver, index) => (
        <div key={index} className={classes.approverRow}>
          <ApproverInput
            label={nth(index)}
            kinds={kinds}
            value={approver}
            error={errorAt(index)}
            onChange={(next) => onChange(value.map((each, at) => (at === index ? next : each)))}
          />
          {value.length > fewest && (
            <ActionIcon
              mt={4}
              aria-label={t('approvals.routes.drop', { name: nth(index) })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {value.length < 20 && (
        <Button
          variant="subtle"
          size="compact-xs"
          mt={4}
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...value, newApprover('role')])}
        >
          {t('approvals.routes.addPerson')}
        </Button>
      )}
    </Input.Wrapper>
  );
}
