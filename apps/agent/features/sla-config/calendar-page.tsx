import { useHolds } from '@/api';
import { TimeZoneSelect } from '@/directory/time-zone-select';
import { Alert, Badge, Button, Checkbox, Group, TextInput } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ArchiveCalendar } from './archive-calendar';
import type { CalendarDefinition } from './calendar-days';
import { CalendarPreview } from './calendar-preview';
import classes from './calendar.module.css';
import { calendarQuery, useSaveCalendar, type WorkCalendar } from './calendars.queries';
import { ConfigTabs } from './config-tabs';
import { ExceptionsEditor } from './exceptions-editor';
import { usePlaceErrors } from './place-errors';
import { Tester } from './tester';
import { WeekEditor } from './week-editor';

/** One calendar: its hours on the left, the year they make on the right, live. */
export function CalendarPage() {
  const { t } = useTranslation();
  const { id = 'new' } = useParams();
  const { data, error, refetch } = useQuery({ ...calendarQuery(id), enabled: id !== 'new' });
  if (id !== 'new' && !data)
    return (
      <Page title={t('slaConfig.calendars.title')} toolbar={<ConfigTabs />}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={12} />}
      </Page>
    );
  return <CalendarEditor key={`${id}:${data?.version ?? 0}`} calendar={data ?? null} />;
}

const hoursOf = ({ timeZone, week, yearly = {}, dated = {}, holidays }: CalendarDefinition): CalendarDefinition => ({
  ...{ timeZone, week, yearly, dated },
  holidays: holidays ?? null,
});

type Draft = CalendarDefinition & { name: string; code: string };
const NEW: Draft = { name: '', code: '', timeZone: 'Europe/Moscow', week: {}, yearly: {}, dated: {}, holidays: 'ru' };
const PLACES = ['/name', '/code', '/timeZone', '/week', '/yearly', '/dated', '/holidays'];

function CalendarEditor({ calendar }: { calendar: WorkCalendar | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayManage = useHolds('sla.manage');
  const isOpen = mayManage && !calendar?.isArchived;
  const [draft, setDraft] = useState<Draft>(calendar ?? NEW);
  const [isTouched, setTouched] = useState(false);
  const errors = usePlaceErrors(PLACES);
  const save = useSaveCalendar(calendar);
  const set = (change: Partial<Draft>) => {
    setDraft((present) => ({ ...present, ...change }));
    setTouched(true);
  };
  const submit = () => {
    errors.clear();
    const { name, code } = draft;
    save.mutate(
      { name, ...hoursOf(draft), ...(code ? { code } : {}) },
      {
        onSuccess: ({ id }) => {
          notifyDone(t('ui.saved'));
          setTouched(false);
          if (!calendar) void navigate(`/sla-config/calendars/${id}`, { replace: true });
        },
        onError: errors.tell,
      },
    );
  };
  return (
    <Page
      title={calendar?.name ?? t('slaConfig.calendars.add')}
      actions={
        <>
          {calendar?.isArchived && <Badge color="gray">{t('slaConfig.archived')}</Badge>}
          {calendar && mayManage && <ArchiveCalendar calendar={calendar} />}
          {isOpen && (
            <Button loading={save.isPending} disabled={calendar !== null && !isTouched} onClick={submit}>
              {t('ui.save')}
            </Button>
          )}
        </>
      }
      toolbar={<ConfigTabs />}
    >
      {errors.whole && (
        <Alert color="red" role="alert" mb="md">
          {errors.whole}
        </Alert>
      )}
      <div className={classes.page}>
        <div className={classes.column}>
          <CalendarFields draft={draft} isNew={!calendar} isOpen={isOpen} errorAt={errors.at} set={set} />
          <WeekEditor week={draft.week} isOpen={isOpen} errorAt={errors.at} onChange={(week) => set({ week })} />
          <ExceptionsEditor
            calendar={draft}
            isOpen={isOpen}
            errorAt={errors.at}
            onChange={({ yearly = {}, dated = {} }) => set({ yearly, dated })}
          />
          {calendar && calendar.usedBy.length > 0 && (
            <Group gap={6}>
              <span className={classes.dim}>{t('slaConfig.calendars.usedBy')}:</span>
              {calendar.usedBy.map((name) => (
                <Badge key={name}>{name}</Badge>
              ))}
            </Group>
          )}
        </div>
        <div className={classes.side}>
          <CalendarPreview
            calendar={draft}
            isOpen={isOpen}
            onChange={({ yearly = {}, dated = {} }) => set({ yearly, dated })}
          />
          <Tester tested={{ calendar: hoursOf(draft) }} seconds={8 * 3600} timeZone={draft.timeZone} />
        </div>
      </div>
    </Page>
  );
}

type FieldsProps = {
  draft: Draft;
  isNew: boolean;
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  set: (change: Partial<Draft>) => void;
};

function CalendarFields({ draft, isNew, isOpen, errorAt, set }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('slaConfig.field.name')}
        required
        maxLength={200}
        disabled={!isOpen}
        data-autofocus={isNew || undefined}
        value={draft.name}
        error={errorAt('/name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <TimeZoneSelect
          label={t('slaConfig.field.timeZone')}
          clearable={false}
          allowDeselect={false}
          disabled={!isOpen}
          value={draft.timeZone}
          error={errorAt('/timeZone')}
          onChange={(timeZone) => timeZone && set({ timeZone })}
        />
        <TextInput
          label={t('slaConfig.field.code')}
          maxLength={50}
          disabled={!isOpen}
          value={draft.code}
          error={errorAt('/code')}
          onChange={(event) => set({ code: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label={t('slaConfig.calendar.holidays')}
        description={t('slaConfig.calendar.holidaysHint')}
        disabled={!isOpen}
        checked={draft.holidays === 'ru'}
        error={errorAt('/holidays')}
        onChange={(event) => set({ holidays: event.currentTarget.checked ? 'ru' : null })}
      />
    </>
  );
}
