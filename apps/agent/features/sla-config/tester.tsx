import { ExplanationView } from '@/timing/explanation-view';
import { DurationInput } from '@/timing/duration-input';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { ActionIcon, Alert, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useFormat } from '@opora/ui/format';
import { IconPlus, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDefinition } from './calendar-days';
import classes from './policies.module.css';
import { previewQuery } from './preview.queries';

/** What is tested: a calendar that is saved, or one that is still being written. */
export type Tested = { calendarId: string } | { calendar: CalendarDefinition };
type Pause = { from: string; to: string };
type Props = {
  tested: Tested | null;
  seconds: number;
  timeZone?: string;
  /** Offered where the hours of the service object count too. */
  objectCalendars?: { id: string; name: string }[];
};

/** Asks the server when a piece of work would be due, with its story; nothing is saved. */
export function Tester({ tested, seconds: first, timeZone, objectCalendars }: Props) {
  const { t } = useTranslation();
  const [start, setStart] = useState(() => toLocalInput(new Date().toISOString()));
  const [own, setOwn] = useState<number | null>(null);
  const [pauses, setPauses] = useState<Pause[]>([]);
  const [objectCalendarId, setObjectCalendar] = useState<string | null>(null);
  const seconds = own ?? first;
  const begin = fromLocalInput(start);
  const asked =
    tested && begin
      ? {
          ...tested,
          ...(objectCalendars && objectCalendarId ? { objectCalendarId } : {}),
          start: begin,
          durationSeconds: seconds,
          pauses: pauses.flatMap(({ from, to }) => {
            const since = fromLocalInput(from);
            return since ? [{ from: since, to: fromLocalInput(to) }] : [];
          }),
        }
      : null;
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>{t('slaConfig.tester.title')}</legend>
      <p className={classes.hint}>{t('slaConfig.tester.hint')}</p>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="datetime-local"
          label={t('slaConfig.tester.start')}
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <DurationInput label={t('slaConfig.tester.duration')} seconds={seconds} onChange={setOwn} />
      </Group>
      {objectCalendars && (
        <Select
          mt={8}
          clearable
          label={t('slaConfig.tester.objectCalendar')}
          placeholder={t('slaConfig.tester.noObjectCalendar')}
          data={objectCalendars.map(({ id, name }) => ({ value: id, label: name }))}
          value={objectCalendarId}
          onChange={setObjectCalendar}
        />
      )}
      <Pauses pauses={pauses} onChange={setPauses} />
      {tested ? (
        <Answer asked={asked} timeZone={timeZone} />
      ) : (
        <Text size="sm">{t('slaConfig.tester.noCalendar')}</Text>
      )}
    </fieldset>
  );
}

function Pauses({ pauses, onChange }: { pauses: Pause[]; onChange: (pauses: Pause[]) => void }) {
  const { t } = useTranslation();
  const setPause = (at: number, change: Partial<Pause>) =>
    onChange(pauses.map((pause, index) => (index === at ? { ...pause, ...change } : pause)));
  return (
    <>
      {pauses.map((pause, index) => (
        <Group key={index} gap={6} mt={8} wrap="nowrap" align="flex-end">
          {(['from', 'to'] as const).map((edge) => (
            <TextInput
              key={edge}
              type="datetime-local"
              size="xs"
              label={t(`slaConfig.tester.pause.${edge}`)}
              value={pause[edge]}
              onChange={(event) => setPause(index, { [edge]: event.currentTarget.value })}
            />
          ))}
          <ActionIcon
            aria-label={t('slaConfig.tester.dropPause')}
            onClick={() => onChange(pauses.filter((_, at) => at !== index))}
          >
            <IconX size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        mt={6}
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...pauses, { from: '', to: '' }])}
      >
        {t('slaConfig.tester.addPause')}
      </Button>
    </>
  );
}

type Asked = Parameters<typeof previewQuery>[0];

function Answer({ asked, timeZone }: { asked: Asked | null; timeZone: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat(timeZone);
  const [settled] = useDebouncedValue(asked, 250);
  const { data, error } = useQuery({
    ...previewQuery(settled as Asked),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
  });
  if (error)
    return (
      <Alert color="red" role="alert" mt="sm">
        {error.message}
      </Alert>
    );
  if (!data) return null;
  return (
    <>
      <p style={{ margin: '10px 0' }}>
        <span className={classes.dueNote}>{t('slaConfig.tester.due')}</span>
        <br />
        <span className={classes.due} data-testid="preview-due">
          {data.dueAt ? format.full(data.dueAt) : t('slaConfig.tester.never')}
        </span>
        {data.problems.map(({ code, message }) => (
          <span key={code} className={classes.dueNote}>
            <br />
            {message}
          </span>
        ))}
      </p>
      <ExplanationView explanation={data.explanation} {...(timeZone ? { timeZone } : {})} />
    </>
  );
}
