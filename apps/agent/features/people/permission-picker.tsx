import { useMe } from '@/api';
import { Checkbox, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './roles.module.css';
import type { PermissionGroup } from './roles.queries';

type Props = {
  groups: PermissionGroup[];
  value: string[];
  error: string | undefined;
  isOpen: boolean;
  onChange: (codes: string[]) => void;
};

/** Every permission by part of the product. What one does not hold himself he cannot hand out: such a box is shut. */
export function PermissionPicker({ groups, value, error, isOpen, onChange }: Props) {
  const { t } = useTranslation();
  const { permissions: held } = useMe();
  const total = groups.reduce((sum, group) => sum + group.permissions.length, 0);
  const toggle = (codes: string[], isOn: boolean) =>
    onChange(isOn ? [...new Set([...value, ...codes])] : value.filter((code) => !codes.includes(code)));
  return (
    <div role="group" aria-label={t('people.permissions')}>
      <div className={classes.permissionsHead}>
        <h2 className={classes.heading}>{t('people.permissions')}</h2>
        <Text size="xs" c="dimmed">
          {t('people.permissionsChosen', { count: value.length, total })}
        </Text>
      </div>
      {error && (
        <Text size="sm" className={classes.error} role="alert">
          {error}
        </Text>
      )}
      <div className={classes.groups}>
        {groups.map((group) => (
          <PermissionFieldset
            key={group.module}
            group={group}
            value={value}
            held={held}
            isOpen={isOpen}
            onToggle={toggle}
          />
        ))}
      </div>
    </div>
  );
}

type GroupProps = {
  group: PermissionGroup;
  value: string[];
  held: string[];
  isOpen: boolean;
  onToggle: (codes: string[], isOn: boolean) => void;
};

function PermissionFieldset({ group, value, held, isOpen, onToggle }: GroupProps) {
  const { t } = useTranslation();
  const codes = group.permissions.map(({ code }) => code);
  const reachable = codes.filter((code) => held.includes(code));
  const chosen = codes.filter((code) => value.includes(code));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{group.label}</legend>
      <Checkbox
        size="xs"
        label={t('people.allOfGroup', { count: chosen.length, total: codes.length })}
        aria-label={t('people.allOfGroupLabel', { group: group.label })}
        className={classes.whole}
        checked={chosen.length === codes.length}
        indeterminate={chosen.length > 0 && chosen.length < codes.length}
        disabled={!isOpen || reachable.length === 0}
        onChange={() => onToggle(reachable, !reachable.every((code) => value.includes(code)))}
      />
      {group.permissions.map(({ code, label }) => (
        <Checkbox
          key={code}
          size="xs"
          label={label}
          description={isOpen && !held.includes(code) ? t('people.notHeld') : undefined}
          checked={value.includes(code)}
          disabled={!isOpen || (!held.includes(code) && !value.includes(code))}
          onChange={(event) => onToggle([code], event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}
