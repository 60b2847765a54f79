import { useHolds } from '@/api';
import { CompanyPicker, ObjectPicker } from '@/pickers/directory-pickers';
import { ReferenceName } from '@/pickers/reference-picker';
import { Select, Stack, Text } from '@mantine/core';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconBuildingStore } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from './calendars.queries';
import { ConfigTabs } from './config-tabs';
import { objectHoursQuery, useSetObjectHours } from './object-hours.queries';
import classes from './policies.module.css';

type Picked = { id: string; name: string } | null;

/** When service objects are open; rules that say so count only the hours in common. */
export function ObjectHoursPage() {
  const { t } = useTranslation();
  const [company, setCompany] = useState<Picked>(null);
  const [object, setObject] = useState<Picked>(null);
  return (
    <Page title={t('slaConfig.objects.title')} toolbar={<ConfigTabs />}>
      <Stack gap="md" maw={620}>
        <Text size="sm" c="dimmed">
          {t('slaConfig.objects.hint')}
        </Text>
        <div className={classes.pair}>
          <CompanyPicker
            label={t('slaConfig.objects.company')}
            clearable
            value={company}
            onChange={(entry) => {
              setCompany(entry);
              setObject(null);
            }}
          />
          <ObjectPicker
            key={company?.id}
            label={t('slaConfig.objects.object')}
            clearable
            {...(company ? { companyId: company.id } : {})}
            value={object}
            onChange={setObject}
          />
        </div>
        {object ? (
          <Hours key={object.id} id={object.id} />
        ) : (
          <EmptyState
            icon={<IconBuildingStore size={36} stroke={1.3} />}
            title={t('slaConfig.objects.choose')}
            hint={t('slaConfig.objects.chooseHint')}
          />
        )}
      </Stack>
    </Page>
  );
}

function Hours({ id }: { id: string }) {
  const { t } = useTranslation();
  const mayManage = useHolds('sla.manage');
  const { data: calendars } = useInfiniteQuery(calendarsQuery());
  const { data, error, refetch } = useQuery(objectHoursQuery(id));
  const save = useSetObjectHours(id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={2} />;
  const own = data.inheritedFromId === null ? data.calendarId : null;
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>{t('slaConfig.objects.hours')}</legend>
      <p className={classes.hint} role="status">
        {data.calendarId === null && t('slaConfig.objects.always')}
        {data.inheritedFromId !== null && (
          <>
            {t('slaConfig.objects.inherited', { name: data.calendarName })}{' '}
            <ReferenceName reference="object" id={data.inheritedFromId} />
          </>
        )}
        {own !== null && t('slaConfig.objects.own', { name: data.calendarName })}
      </p>
      <Select
        label={t('slaConfig.objects.calendar')}
        placeholder={t('slaConfig.objects.none')}
        clearable
        disabled={!mayManage || save.isPending}
        data={(calendars?.pages[0]?.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
        value={own}
        onChange={(calendarId) =>
          save.mutate(calendarId, {
            onSuccess: () => notifyDone(t('ui.saved')),
            onError: (problem) => notifyProblem(t('ui.failed'), problem),
          })
        }
      />
    </fieldset>
  );
}
