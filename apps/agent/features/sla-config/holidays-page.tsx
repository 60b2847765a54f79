import { useHolds } from '@/api';
import { Alert, Button, FileButton, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconCalendarOff, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { yearOf, type CalendarDefinition } from './calendar-days';
import classes from './calendar.module.css';
import { holidaysQuery, usePutHolidays } from './calendars.queries';
import { ConfigTabs } from './config-tabs';
import { readHolidays, type HolidayFile } from './holidays-file';
import { YearView } from './year-view';

const DAY = [{ from: '09:00', to: '18:00' }];
/** An ordinary week, so that moved working Saturdays are to be seen. */
const PLAIN: CalendarDefinition = {
  timeZone: 'UTC',
  week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY },
  holidays: 'ru',
};

/** Production calendars by year, and the way to bring in the next one. */
export function HolidaysPage() {
  const { t } = useTranslation();
  const mayManage = useHolds('sla.manage');
  const { data, error, refetch } = useQuery(holidaysQuery());
  const [chosen, setChosen] = useState<number | null>(null);
  const [file, setFile] = useState<HolidayFile[] | 'unreadable' | null>(null);
  const years = [...new Set((data ?? []).map(({ year }) => year))].sort();
  const present = new Date().getFullYear();
  const year = chosen ?? (years.includes(present) ? present : (years.at(-1) ?? present));
  const known = data?.find((each) => each.year === year);
  const days = useMemo(() => yearOf(PLAIN, known?.days ?? [], year), [known, year]);
  const read = async (picked: File | null) => picked && setFile(readHolidays(await picked.text()) ?? 'unreadable');
  return (
    <Page
      title={t('slaConfig.holidays.title')}
      actions={
        mayManage && (
          <FileButton accept="application/json,.json" onChange={(picked) => void read(picked)}>
            {(props) => (
              <Button leftSection={<IconUpload size={15} />} {...props}>
                {t('slaConfig.holidays.import')}
              </Button>
            )}
          </FileButton>
        )
      }
      toolbar={<ConfigTabs />}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={10} />}
      {data && years.length === 0 && (
        <EmptyState
          icon={<IconCalendarOff size={36} stroke={1.3} />}
          title={t('slaConfig.holidays.empty')}
          hint={t('slaConfig.holidays.hint')}
        />
      )}
      {data && years.length > 0 && (
        <Stack gap="md">
          <Group gap="md">
            <SegmentedControl
              size="xs"
              aria-label={t('slaConfig.holidays.year')}
              data={years.map(String)}
              value={String(year)}
              onChange={(next) => setChosen(Number(next))}
            />
            <Text size="sm" c="dimmed">
              {t('slaConfig.holidays.hint')}
            </Text>
          </Group>
          {!known && (
            <p className={classes.hint} role="status">
              {t('slaConfig.calendar.noHolidays', { year })}
            </p>
          )}
          <YearView year={year} days={days} onYear={setChosen} />
        </Stack>
      )}
      {file && <ImportDialog file={file} onDone={setChosen} onClose={() => setFile(null)} />}
    </Page>
  );
}

type ImportProps = { file: HolidayFile[] | 'unreadable'; onDone: (year: number) => void; onClose: () => void };

function ImportDialog({ file, onDone, onClose }: ImportProps) {
  const { t } = useTranslation();
  const put = usePutHolidays();
  const [problem, setProblem] = useState<Error | null>(null);
  const years = file === 'unreadable' ? [] : file;
  const run = async () => {
    setProblem(null);
    try {
      for (const year of years) await put.mutateAsync(year);
      notifyDone(t('slaConfig.holidays.done'));
      if (years[0]) onDone(years[0].year);
      onClose();
    } catch (error) {
      setProblem(error as Error);
    }
  };
  const count = (days: HolidayFile['days'], kind: string) => days.filter((day) => day.kind === kind).length;
  return (
    <Dialog opened onClose={onClose} title={t('slaConfig.holidays.import')}>
      <Stack gap="sm">
        {file === 'unreadable' && (
          <Alert color="red" role="alert">
            {t('slaConfig.holidays.unreadable')}
          </Alert>
        )}
        {years.map(({ country, year, days }) => (
          <Text key={`${country}${year}`} size="sm">
            <strong>{`${country.toUpperCase()} ${year}`}</strong>{' '}
            {t('slaConfig.holidays.counts', {
              off: count(days, 'off'),
              short: count(days, 'short'),
              working: count(days, 'working'),
            })}
          </Text>
        ))}
        {years.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('slaConfig.holidays.replaces')}
          </Text>
        )}
        {problem && (
          <Alert color="red" role="alert">
            {problem.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          {years.length > 0 && (
            <Button loading={put.isPending} onClick={() => void run()}>
              {t('slaConfig.holidays.import')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
