import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoleName } from './role-words';
import classes from './roles.module.css';
import type { PermissionGroup, Role } from './roles.queries';

/** Permissions down, roles across: who may do what, at one look. */
export function RoleMatrix({ roles, groups }: { roles: Role[]; groups: PermissionGroup[] }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  return (
    <div className={classes.matrixBox} tabIndex={0} role="region" aria-label={t('people.roles.matrix')}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {t('people.roles.permission')}
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <Link to={`/people/roles/${role.id}`}>{nameOf(role)}</Link>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.module}>
            <tr>
              <th scope="rowgroup" className={classes.groupName}>
                {group.label}
              </th>
              <td colSpan={roles.length} className={classes.groupFill} />
            </tr>
            {group.permissions.map(({ code, label }) => (
              <tr key={code}>
                <th scope="row" title={code}>
                  {label}
                </th>
                {roles.map((role) => (
                  <Mark key={role.id} isOn={role.permissions.includes(code)} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Mark({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation();
  return (
    <td>
      {isOn ? (
        <IconCheck size={16} stroke={2.5} className={classes.yes} role="img" aria-label={t('people.roles.yes')} />
      ) : (
        <IconMinus size={14} className={classes.no} role="img" aria-label={t('people.roles.no')} />
      )}
    </td>
  );
}
