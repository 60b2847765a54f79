import { useHolds, useMe } from '@/api';
import { SideDrawer } from '@/directory/form-drawer';
import { SecretDialog } from '@/directory/secret-dialog';
import { Text } from '@mantine/core';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmployeeDeeds } from './employee-deeds';
import { EmployeeForm } from './employee-form';
import { employeeQuery, type Employee } from './employees.queries';
import classes from './people.module.css';

type Issued = { name: string; login: string; password: string };

/** A person's card, or the form of a new one; an issued password is shown before anything closes. */
export function EmployeeDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [issued, setIssued] = useState<Issued | null>(null);
  const { data: person, error, refetch, isPending } = useQuery({ ...employeeQuery(id ?? ''), enabled: id !== null });
  const saved = (employee: Employee, password?: string) => {
    if (password) return setIssued({ name: employee.name, login: employee.email, password });
    notifyDone(t('ui.saved'));
    onClose();
  };
  return (
    <>
      <SideDrawer
        title={id ? (person?.name ?? t('people.employees.one')) : t('people.employees.add')}
        onClose={onClose}
      >
        {id === null && <EmployeeForm person={null} onSaved={saved} onCancel={onClose} />}
        {id !== null && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {id !== null && isPending && <Loading lines={8} />}
        {person && (
          <PersonCard
            person={person}
            onSaved={saved}
            onCancel={onClose}
            onIssued={(password) => setIssued({ name: person.name, login: person.email, password })}
          />
        )}
      </SideDrawer>
      {issued && (
        <SecretDialog
          title={t('people.issued.title', { name: issued.name })}
          label={t('people.issued.password')}
          secret={issued.password}
          onClose={() => {
            setIssued(null);
            onClose();
          }}
        >
          <Text size="sm">{t('people.issued.hint', { login: issued.login })}</Text>
        </SecretDialog>
      )}
    </>
  );
}

type CardProps = {
  person: Employee;
  onSaved: (employee: Employee) => void;
  onCancel: () => void;
  onIssued: (password: string) => void;
};

function PersonCard({ person, onSaved, onCancel, onIssued }: CardProps) {
  const isManager = useHolds('people.manage');
  const me = useMe();
  const isOpen = isManager && !person.archivedAt;
  return (
    <div className={classes.card}>
      <Facts person={person} isWhole={!isOpen} />
      {isManager && <EmployeeDeeds person={person} isMe={person.id === me.id} onIssued={onIssued} />}
      {isOpen && <EmployeeForm key={person.id} person={person} onSaved={onSaved} onCancel={onCancel} />}
    </div>
  );
}

/** What nobody types in; the rest of the card as well for those who may only look. */
function Facts({ person, isWhole }: { person: Employee; isWhole: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name).join(', ') || '—';
  const rows: [string, React.ReactNode][] = [
    ...(isWhole
      ? ([
          ['email', person.email],
          [
            'phone',
            [person.phone, person.phoneExtension && t('people.extension', { number: person.phoneExtension })]
              .filter(Boolean)
              .join(', ') || '—',
          ],
          ['roleIds', names(person.roles)],
          ['teamIds', names(person.teams)],
          ['timeZone', person.timeZone ?? t('people.zoneOfHouse')],
        ] as [string, React.ReactNode][])
      : []),
    ['lastSeenAt', person.lastSeenAt ? <RelativeTime key="seen" at={person.lastSeenAt} /> : t('people.neverSeen')],
    ['totp', t(person.totpEnabled ? 'people.totpOn' : 'people.totpOff')],
    ['createdAt', format.date(person.createdAt)],
    ...(person.archivedAt ? ([['archivedAt', format.dateTime(person.archivedAt)]] as [string, React.ReactNode][]) : []),
  ];
  return (
    <dl className={classes.meta}>
      {rows.map(([key, value]) => (
        <Row key={key} name={t(`people.field.${key}`)} value={value} />
      ))}
    </dl>
  );
}

function Row({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
