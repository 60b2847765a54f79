import { nameReference, pickReference, ReferencePicker } from '@/pickers/reference-picker';
import { ActionIcon, Select, Stack } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParamProps } from './action-param-input';
import classes from './ticket-actions.module.css';

type Who = 'me' | 'nobody' | 'person';
const whoOf = (value: unknown): Who | null =>
  value === 'me' ? 'me' : value === null ? 'nobody' : typeof value === 'string' ? 'person' : null;

/** Whoever runs it, a certain person, nobody; or as it is. */
export function EmployeeParam({ param, value, problems, onChange }: ParamProps) {
  const { t } = useTranslation();
  const [who, setWho] = useState<Who | null>(() => whoOf(value));
  const choose = (next: string | null) => {
    setWho(next as Who | null);
    onChange(next === 'me' ? 'me' : next === 'nobody' ? null : undefined);
  };
  return (
    <Stack gap={6}>
      <Select
        label={param.label}
        required={param.isRequired}
        clearable
        placeholder={t('ticketActions.asIs')}
        error={who === 'person' ? undefined : problems[0]?.message}
        data={(['me', 'person', 'nobody'] as const).map((name) => ({
          value: name,
          label: t(`ticketActions.who.${name}`),
        }))}
        value={who}
        onChange={choose}
      />
      {who === 'person' &&
        pickReference({
          'aria-label': t('ticketActions.who.person'),
          reference: 'employee',
          error: problems[0]?.message,
          value: typeof value === 'string' && value !== 'me' ? value : null,
          onChange: (id) => onChange(id ?? undefined),
        })}
    </Stack>
  );
}

/** Several people: picked one by one, each can be taken off. */
export function EmployeesParam({ param, value, problems, onChange }: ParamProps) {
  const { t } = useTranslation();
  const ids = Array.isArray(value) ? (value as string[]) : [];
  const put = (next: string[]) => onChange(next.length ? next : undefined);
  return (
    <div>
      <ReferencePicker
        key={ids.length}
        reference="employee"
        label={param.label}
        required={param.isRequired && !ids.length}
        error={problems[0]?.message}
        value={null}
        onChange={(id) => id && !ids.includes(id) && put([...ids, id])}
      />
      <ul className={classes.people}>
        {ids.map((id) => (
          <li key={id}>
            {nameReference('employee', id)}
            <ActionIcon
              size="xs"
              aria-label={t('ticketActions.takeOff')}
              onClick={() => put(ids.filter((each) => each !== id))}
            >
              <IconX size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  );
}
