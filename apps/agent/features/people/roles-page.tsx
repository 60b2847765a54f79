import { useHolds } from '@/api';
import { Badge, Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { PeopleTabs } from './people-tabs';
import { RoleMatrix } from './role-matrix';
import { useRoleName } from './role-words';
import classes from './roles.module.css';
import { categoriesQuery, permissionsQuery, rolesQuery, type Role } from './roles.queries';

/** Roles with their reach and, below, everything they allow beside one another. */
export function RolesPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const isManager = useHolds('people.manage_roles');
  const roles = useQuery(rolesQuery());
  const permissions = useQuery(permissionsQuery(i18n.language));
  const error = roles.error ?? permissions.error;
  useHotkey('KeyN', () => void navigate('/people/roles/new'), {
    label: t('people.roles.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <Page
      title={t('people.roles.title')}
      actions={
        isManager && (
          <Button component={Link} to="/people/roles/new" leftSection={<IconPlus size={15} />}>
            {t('people.roles.add')}
          </Button>
        )
      }
      toolbar={<PeopleTabs />}
    >
      {error && <ErrorState error={error} onRetry={() => void Promise.all([roles.refetch(), permissions.refetch()])} />}
      {!error && (roles.isPending || permissions.isPending) && <Loading lines={10} />}
      {!error && roles.data && permissions.data && (
        <div className={classes.page}>
          <RoleList roles={roles.data} />
          <section>
            <h2 className={classes.heading}>{t('people.roles.matrix')}</h2>
            <p className={classes.hint}>{t('people.roles.matrixHint')}</p>
            <RoleMatrix roles={roles.data} groups={permissions.data} />
          </section>
        </div>
      )}
    </Page>
  );
}

function RoleList({ roles }: { roles: Role[] }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const reach = useReachWords();
  return (
    <ul className={classes.list} aria-label={t('people.roles.title')}>
      {roles.map((role) => (
        <li key={role.id}>
          <Link to={`/people/roles/${role.id}`} className={classes.role}>
            <span className={classes.roleName}>
              {nameOf(role)}
              {role.isPreset && (
                <Badge color="gray" leftSection={<IconLock size={12} aria-hidden />}>
                  {t('people.roles.preset')}
                </Badge>
              )}
            </span>
            <span className={classes.dim}>{reach(role)}</span>
            <span className={classes.count}>{t('people.roles.people', { count: role.employeeCount })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The reach of a role in words, with the names of its client categories. */
function useReachWords() {
  const { t } = useTranslation();
  const mayAsk = useHolds('clients.read');
  const { data } = useQuery({ ...categoriesQuery(), enabled: mayAsk });
  return (role: Role) => {
    if (role.scope !== 'categories') return t(`people.scope.${role.scope}.name`);
    const names = role.categoryIds.map((id) => data?.data.find((category) => category.id === id)?.name).filter(Boolean);
    return [t('people.scope.categories.name'), names.join(', ')].filter(Boolean).join(': ');
  };
}
