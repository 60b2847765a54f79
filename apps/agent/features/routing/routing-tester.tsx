import { CompanyPicker, ObjectPicker } from '@/pickers/directory-pickers';
import { ReferencePicker } from '@/pickers/reference-picker';
import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { fromLocalInput } from '@opora/ui/fields';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RoutingWay } from './routing-way';
import { typesQuery, type RoutingTry } from './routing.queries';
import classes from './routing.module.css';

type Named = { id: string; name: string };
type Values = {
  typeId: string | null;
  company: Named | null;
  object: Named | null;
  source: string;
  subject: string;
};
const NOTHING: Values = { typeId: null, company: null, object: null, source: 'portal', subject: '' };
const SOURCES = ['portal', 'email', 'phone', 'agent', 'api', 'telegram'] as const;

/** Tries a ticket on the table: one that exists, or one filled in here. Nothing is written. */
export function RoutingTester() {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'values' | 'ticket'>('values');
  const [ticketId, setTicket] = useState<string | null>(null);
  const [values, setValues] = useState(NOTHING);
  const [when, setWhen] = useState('');
  const asked = mode === 'ticket' ? (ticketId ? { ticketId } : null) : { values: valuesOf(values) };
  const at = fromLocalInput(when);
  const [body] = useDebouncedValue<RoutingTry | null>(asked && { ...asked, ...(at ? { at } : {}) }, 250);
  return (
    <section className={classes.tester} aria-label={t('routing.tester.title')}>
      <h2 className={classes.testerTitle}>{t('routing.tester.title')}</h2>
      <p className={classes.hint}>{t('routing.tester.hint')}</p>
      <SegmentedControl
        fullWidth
        size="xs"
        data={(['values', 'ticket'] as const).map((value) => ({ value, label: t(`routing.tester.${value}`) }))}
        value={mode}
        onChange={(next) => setMode(next as 'values' | 'ticket')}
      />
      {mode === 'ticket' ? (
        <ReferencePicker
          reference="ticket"
          label={t('routing.tester.number')}
          value={ticketId}
          onChange={(id) => setTicket(typeof id === 'string' ? id : null)}
        />
      ) : (
        <ValuesForm values={values} onChange={setValues} />
      )}
      <TextInput
        type="datetime-local"
        label={t('routing.tester.at')}
        description={t('routing.tester.atHint')}
        value={when}
        onChange={(event) => setWhen(event.currentTarget.value)}
      />
      <RoutingWay body={body} />
    </section>
  );
}

function valuesOf({ typeId, company, object, source, subject }: Values): RoutingTry['values'] {
  return {
    source: source as (typeof SOURCES)[number],
    ...(typeId ? { typeId } : {}),
    ...(company ? { companyId: company.id } : {}),
    ...(object ? { objectId: object.id } : {}),
    ...(subject.trim() ? { subject: subject.trim() } : {}),
  };
}

function ValuesForm({ values, onChange }: { values: Values; onChange: (values: Values) => void }) {
  const { t } = useTranslation();
  const { data: types = [] } = useQuery(typesQuery());
  const set = (change: Partial<Values>) => onChange({ ...values, ...change });
  return (
    <>
      <TextInput
        label={t('tickets.field.subject')}
        maxLength={300}
        value={values.subject}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <Select
          label={t('tickets.field.typeId')}
          placeholder={t('routing.tester.usual')}
          clearable
          searchable
          data={types.map(({ id, label }) => ({ value: id, label }))}
          value={values.typeId}
          onChange={(typeId) => set({ typeId })}
        />
        <Select
          label={t('tickets.field.source')}
          allowDeselect={false}
          data={SOURCES.map((value) => ({ value, label: t(`tickets.source.${value}`) }))}
          value={values.source}
          onChange={(source) => source && set({ source })}
        />
        <CompanyPicker
          label={t('tickets.field.companyId')}
          clearable
          value={values.company}
          onChange={(company) => set({ company: company && { id: company.id, name: company.name }, object: null })}
        />
        <ObjectPicker
          key={values.company?.id ?? ''}
          label={t('tickets.field.objectId')}
          clearable
          {...(values.company ? { companyId: values.company.id } : {})}
          value={values.object}
          onChange={(object) => set({ object: object && { id: object.id, name: object.name } })}
        />
      </div>
    </>
  );
}
