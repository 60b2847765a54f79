import { NumberInput, SimpleGrid, TextInput, UnstyledButton } from '@mantine/core';
import { PersonPicker } from '@/pickers/directory-pickers';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './create-ticket.module.css';
import { PeopleList } from './people-list';
import type { CreateTicket } from './use-create-ticket';

const NAMES = ['scheduledFor', 'plannedSeconds', 'observers', 'coExecutorIds'] as const;

/** What is filled in seldom: folded until it is wanted, required or refused. */
export function MoreFields({ form }: { form: CreateTicket }) {
  const { t } = useTranslation();
  const { stateOf } = form;
  const [isAsked, ask] = useState(false);
  const visible = NAMES.filter((name) => stateOf(name).isVisible);
  if (visible.length === 0) return null;
  const isOpen = isAsked || visible.some((name) => stateOf(name).required || stateOf(name).error);
  return (
    <div>
      <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => ask(!isOpen)}>
        <IconChevronRight size={14} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        {t('tickets.create.more')}
      </UnstyledButton>
      {isOpen && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt={6}>
          {visible.map((name) => (
            <MoreField key={name} form={form} name={name} />
          ))}
        </SimpleGrid>
      )}
    </div>
  );
}

function MoreField({ form, name }: { form: CreateTicket; name: (typeof NAMES)[number] }) {
  const { t } = useTranslation();
  const { fields, picked, pick, stateOf } = form;
  const { required, disabled, error } = stateOf(name);
  const common = { required, disabled, error };
  if (name === 'scheduledFor')
    return (
      <TextInput
        label={t('tickets.field.scheduledFor')}
        type="datetime-local"
        {...fields.text('scheduledFor')}
        {...common}
      />
    );
  if (name === 'plannedSeconds')
    return (
      <NumberInput
        label={t('tickets.create.plannedMinutes')}
        min={0}
        step={15}
        value={fields.values.plannedMinutes}
        onChange={(next) => fields.set('plannedMinutes', next === '' ? '' : Number(next))}
        {...common}
      />
    );
  const key = name === 'observers' ? 'observers' : 'coExecutors';
  const people = picked[key];
  return (
    <div>
      <PersonPicker
        label={t(`tickets.field.${key}`)}
        {...common}
        required={required && people.length === 0}
        withAsterisk={required}
        value={null}
        onChange={(entry) => entry && !people.some(({ id }) => id === entry.id) && pick({ [key]: [...people, entry] })}
      />
      <PeopleList people={people} onRemove={(id) => pick({ [key]: people.filter((each) => each.id !== id) })} />
    </div>
  );
}
