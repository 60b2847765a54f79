import { Badge, Group, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import type { Column } from '@opora/ui/table';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Employee } from './employees.queries';
import classes from './people.module.css';

const CHIPS = 3;

/** Columns of the employees' list; on a phone one column of two lines. */
export function useEmployeeColumns(isNarrow: boolean): Column<Employee>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    if (isNarrow)
      return [
        {
          key: 'person',
          header: t('people.field.name'),
          width: '1fr',
          render: (row: Employee) => <PersonLines person={row} />,
        },
      ];
    return [
      {
        key: 'name',
        header: t('people.field.name'),
        width: 'minmax(180px, 1.2fr)',
        render: (row: Employee) => <PersonName person={row} />,
      },
      {
        key: 'email',
        header: t('people.field.email'),
        width: 'minmax(150px, 1fr)',
        render: (row: Employee) => <span className={classes.dim}>{row.email}</span>,
      },
      {
        key: 'phone',
        header: t('people.field.phone'),
        width: '150px',
        render: (row: Employee) => <Phone person={row} />,
      },
      {
        key: 'roles',
        header: t('people.field.roleIds'),
        width: 'minmax(170px, 1.2fr)',
        render: (row: Employee) => (
          <Chips names={row.roles.map(({ name }) => name)} none={t('people.noRole')} color="blue" />
        ),
      },
      {
        key: 'teams',
        header: t('people.field.teamIds'),
        width: 'minmax(150px, 1fr)',
        render: (row: Employee) => <Chips names={row.teams.map(({ name }) => name)} />,
      },
      {
        key: 'seen',
        header: t('people.field.lastSeenAt'),
        width: '120px',
        align: 'end' as const,
        render: (row: Employee) => <LastSeen person={row} />,
      },
    ];
  }, [isNarrow, t]);
}

function PersonName({ person }: { person: Employee }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" className={person.archivedAt || !person.isActive ? classes.off : undefined}>
      <span className={classes.clip}>{person.name}</span>
      {person.totpEnabled && (
        <IconShieldCheck size={15} className={classes.shield} role="img" aria-label={t('people.totpOn')} />
      )}
      {person.archivedAt ? (
        <Badge color="gray">{t('people.archived')}</Badge>
      ) : (
        !person.isActive && <Badge color="orange">{t('people.inactive')}</Badge>
      )}
    </Group>
  );
}

function PersonLines({ person }: { person: Employee }) {
  const { t } = useTranslation();
  return (
    <div className={classes.twoLines}>
      <PersonName person={person} />
      <Text size="xs" c="dimmed" truncate>
        {[
          person.roles.map(({ name }) => name).join(', ') || t('people.noRole'),
          person.teams.map(({ name }) => name).join(', '),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </div>
  );
}

function Phone({ person: { phone, phoneExtension } }: { person: Employee }) {
  const { t } = useTranslation();
  return <>{[phone, phoneExtension && t('people.extension', { number: phoneExtension })].filter(Boolean).join(', ')}</>;
}

function LastSeen({ person: { lastSeenAt } }: { person: Employee }) {
  const { t } = useTranslation();
  return lastSeenAt ? <RelativeTime at={lastSeenAt} /> : <span className={classes.dim}>{t('people.neverSeen')}</span>;
}

/** Names as chips; those that do not fit are counted and told in the hint. */
export function Chips({ names, none, color = 'gray' }: { names: string[]; none?: string; color?: string }) {
  if (names.length === 0) return none ? <span className={classes.dim}>{none}</span> : null;
  const rest = names.slice(CHIPS);
  return (
    <Group gap={4} wrap="nowrap" title={names.join(', ')}>
      {names.slice(0, CHIPS).map((name) => (
        <Badge key={name} color={color} className={classes.chip}>
          {name}
        </Badge>
      ))}
      {rest.length > 0 && <Badge color="gray">{`+${rest.length}`}</Badge>}
    </Group>
  );
}
