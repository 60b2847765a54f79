import { useHolds } from '@/api';
import { TimeZoneSelect } from '@/directory/time-zone-select';
import { Alert, Button, Select, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { SystemTabs } from './system-tabs';
import classes from './system.module.css';
import { organisationQuery, useSaveOrganisation, type Organisation } from './system.queries';

/** Who we are, where our day begins and in which language we write. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(organisationQuery());
  return (
    <Page title={t('system.organisation.title')} toolbar={<SystemTabs />}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={5} height={26} />}
      {data && <OrganisationForm organisation={data} />}
    </Page>
  );
}

function OrganisationForm({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const isOpen = useHolds('platform.organisation');
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveOrganisation();
  const fields = useFields({
    name: organisation.name,
    timeZone: organisation.timeZone as string | null,
    locale: organisation.locale,
  });
  const { values, errors, set } = fields;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const { name, timeZone, locale } = values;
    save.mutate(
      { name, locale, ...(timeZone ? { timeZone } : {}) },
      {
        onSuccess: () => notifyDone(t('ui.saved')),
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t('system.field.name')}
        description={t('system.organisation.nameHint')}
        required
        maxLength={120}
        disabled={!isOpen}
        {...fields.text('name')}
      />
      <TimeZoneSelect
        label={t('system.field.timeZone')}
        description={t('system.organisation.timeZoneHint')}
        clearable={false}
        allowDeselect={false}
        disabled={!isOpen}
        {...fields.pick('timeZone')}
      />
      <Select
        label={t('system.field.locale')}
        description={t('system.organisation.localeHint')}
        allowDeselect={false}
        disabled={!isOpen}
        data={(['ru', 'en'] as const).map((value) => ({ value, label: t(`system.locale.${value}`) }))}
        value={values.locale}
        error={errors.locale}
        onChange={(locale) => locale && set('locale', locale as Organisation['locale'])}
      />
      {problem && (
        <Alert color="red" variant="light" role="alert" classNames={{ message: classes.words }}>
          {problem.message}
        </Alert>
      )}
      <Button type="submit" loading={save.isPending} disabled={!isOpen}>
        {t('ui.save')}
      </Button>
    </form>
  );
}
