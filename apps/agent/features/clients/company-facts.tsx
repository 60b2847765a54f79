import { PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { TimeZoneSelect } from '@/directory/time-zone-select';
import { Checkbox, Group, MultiSelect, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CustomFacts } from './custom-facts';
import classes from './clients.module.css';
import { categoriesQuery, companyQuery, patchCompany, type Company, type CompanyPatch } from './companies.queries';
import { ExternalIds } from './external-ids';
import { Fact, TextFact } from './facts';
import factClasses from './facts.module.css';
import { useRecord } from './use-record';

type TextField = 'name' | 'additionalName' | 'inn' | 'phone' | 'email' | 'site' | 'address' | 'comment';
const KINDS = ['isClient', 'isPartner', 'isSupplier'] as const;

/** A field of a company in words, for the conflict dialog. */
function wordsOf(
  company: Company & Partial<{ responsibleEmployeeId: string; categoryIds: string[] }>,
  field: string,
): string {
  if (field === 'responsibleEmployeeId') return company.responsible.employee?.name ?? '';
  if (field === 'responsibleTeamId') return company.responsible.team?.name ?? '';
  if (field === 'categoryIds') return company.categories.map(({ name }) => name).join(', ');
  if (field === 'externalIds')
    return Object.entries(company.externalIds)
      .map((pair) => pair.join(': '))
      .join(', ');
  const value = (company as unknown as Record<string, unknown>)[field];
  if (Array.isArray(value)) return value.join(', ');
  return value === null || value === undefined ? '' : String(value);
}

/** Everything about a company, each thing written where it stands. */
export function CompanyFacts({ company }: { company: Company }) {
  const { t } = useTranslation();
  const { save, isSaving, dialog } = useRecord<Company, CompanyPatch>({
    record: company,
    queryKey: companyQuery(company.id).queryKey,
    listKey: ['companies', 'list'],
    send: patchCompany,
    wordsOf,
  });
  const isOpen = company.can.manage && !company.archivedAt;
  const seesContacts = !company.contactsHidden;
  const text = (field: TextField, inputMode?: 'tel' | 'email' | 'url') => (
    <TextFact
      label={t(`clients.field.${field}`)}
      value={company[field] ?? ''}
      isOpen={isOpen}
      isLong={field === 'comment'}
      {...(inputMode ? { inputMode } : {})}
      onSave={(value, handlers) => save({ [field]: value || null } as CompanyPatch, handlers)}
    />
  );
  return (
    <section className={classes.section} aria-label={t('clients.facts')} aria-busy={isSaving}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{t('clients.facts')}</h2>
      </div>
      <dl className={factClasses.facts}>
        {text('name')}
        {text('additionalName')}
        {text('inn')}
        <Fact label={t('clients.field.kind')}>
          <Group gap="md">
            {KINDS.map((kind) => (
              <Checkbox
                key={kind}
                size="xs"
                label={t(`clients.kind.${kind}`)}
                checked={company[kind]}
                disabled={!isOpen}
                onChange={(event) => save({ [kind]: event.currentTarget.checked })}
              />
            ))}
          </Group>
        </Fact>
        <Fact label={t('clients.field.categoryIds')}>
          <Categories company={company} isOpen={isOpen} onChange={(categoryIds) => save({ categoryIds })} />
        </Fact>
        <Fact label={t('clients.field.responsibleEmployeeId')}>
          <PersonPicker
            size="xs"
            clearable
            aria-label={t('clients.field.responsibleEmployeeId')}
            placeholder={t('clients.none')}
            disabled={!isOpen}
            value={company.responsible.employee}
            onChange={(entry) => save({ responsibleEmployeeId: entry?.id ?? null })}
          />
        </Fact>
        <Fact label={t('clients.field.responsibleTeamId')}>
          <TeamPicker
            size="xs"
            clearable
            aria-label={t('clients.field.responsibleTeamId')}
            placeholder={t('clients.none')}
            disabled={!isOpen}
            value={company.responsible.team}
            onChange={(entry) => save({ responsibleTeamId: entry?.id ?? null })}
          />
        </Fact>
        {seesContacts ? (
          <>
            {text('phone', 'tel')}
            {text('email', 'email')}
          </>
        ) : (
          <Fact label={t('clients.field.phone')}>
            <span className={classes.dim}>{t('clients.contactsHidden')}</span>
          </Fact>
        )}
        {text('site', 'url')}
        <Fact label={t('clients.field.emailDomains')}>
          <Domains
            company={company}
            isOpen={isOpen}
            onChange={(emailDomains, onFieldError) => save({ emailDomains }, { onFieldError })}
          />
        </Fact>
        {text('address')}
        <Fact label={t('clients.field.timeZone')}>
          <TimeZoneSelect
            size="xs"
            aria-label={t('clients.field.timeZone')}
            placeholder={t('clients.zoneOfHouse')}
            disabled={!isOpen}
            value={company.timeZone}
            onChange={(timeZone) => save({ timeZone })}
          />
        </Fact>
        <TextFact
          label={t('clients.field.coordinates')}
          value={coordinatesOf(company)}
          isOpen={isOpen}
          onSave={(value, handlers) => {
            const place = fromCoordinates(value);
            if (place) save(place, handlers);
            else handlers.onFieldError(t('clients.coordinatesHint'));
          }}
        />
        <Fact label={t('clients.field.externalIds')}>
          <ExternalIds
            value={company.externalIds}
            isOpen={isOpen}
            onSave={(externalIds, handlers) => save({ externalIds }, handlers)}
          />
        </Fact>
        {text('comment')}
        <CustomFacts subject="company" record={company} isOpen={isOpen} onSave={save} />
      </dl>
      {dialog}
    </section>
  );
}

const coordinatesOf = ({ latitude, longitude }: Company) =>
  latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`;

/** «55.75, 37.61»; null when these are not two numbers. */
function fromCoordinates(text: string): CompanyPatch | null {
  if (!text) return { latitude: null, longitude: null };
  const [latitude, longitude, ...rest] = text.split(/[\s,;]+/).map(Number);
  return Number.isFinite(latitude) && Number.isFinite(longitude) && rest.length === 0
    ? { latitude: latitude as number, longitude: longitude as number }
    : null;
}

function Categories({
  company,
  isOpen,
  onChange,
}: {
  company: Company;
  isOpen: boolean;
  onChange: (ids: string[]) => void;
}) {
  const { t } = useTranslation();
  const { data } = useQuery(categoriesQuery());
  const all = data?.data ?? company.categories;
  return (
    <MultiSelect
      size="xs"
      searchable
      aria-label={t('clients.field.categoryIds')}
      placeholder={company.categories.length === 0 ? t('clients.none') : undefined}
      disabled={!isOpen}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={company.categories.map(({ id }) => id)}
      onChange={onChange}
    />
  );
}

type DomainProps = {
  company: Company;
  isOpen: boolean;
  onChange: (domains: string[], onFieldError: (message: string) => void) => void;
};

function Domains({ company, isOpen, onChange }: DomainProps) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | undefined>();
  const change = (domains: string[]) => {
    setError(undefined);
    onChange(domains, setError);
  };
  return (
    <TagsInput
      size="xs"
      aria-label={t('clients.field.emailDomains')}
      placeholder={company.emailDomains.length === 0 ? t('clients.domainExample') : undefined}
      disabled={!isOpen}
      value={company.emailDomains}
      error={error}
      onChange={change}
    />
  );
}
