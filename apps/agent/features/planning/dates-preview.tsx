import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ApiProblem } from '@opora/client';
import { ErrorState, Loading } from '@opora/ui/page';
import { IconArrowForwardUp } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { datesInputOf, objectsInputOf, type PlanDraft } from './plan-draft';
import { checkQuery, previewQuery, type PlanCheckResult, type PlannedDate } from './planning.queries';
import classes from './planning.module.css';
import { draftWords } from './rule-words';

const SHOWN = 10;
const MINUTE = 60_000;

type Asked = {
  dates: ReturnType<typeof datesInputOf>;
  objects: ReturnType<typeof objectsInputOf>;
  fanOut: PlanDraft['fanOut'];
};

/** The plan in words and its next dates, while it is being written. */
export function DatesPreview({ draft, id }: { draft: PlanDraft; id: string | null }) {
  const { t } = useTranslation();
  const text = JSON.stringify({ dates: datesInputOf(draft), objects: objectsInputOf(draft), fanOut: draft.fanOut });
  const [settled] = useDebouncedValue(text, 350);
  const { dates, objects, fanOut } = useMemo(() => JSON.parse(settled) as Asked, [settled]);
  // To the minute: the same question is asked once.
  const from = useMemo(() => new Date(Math.floor(Date.now() / MINUTE) * MINUTE).toISOString(), []);
  const preview = useQuery({ ...previewQuery({ ...dates, from, count: SHOWN }), placeholderData: keepPreviousData });
  const check = useQuery({
    ...checkQuery({ ...dates, objects, fanOut, ...(id ? { id } : {}) }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes.box} aria-label={t('planning.preview.title')}>
      <h2 className={classes.sideTitle}>{t('planning.preview.title')}</h2>
      <Text size="sm" className={classes.sentence}>
        {draftWords(t, draft.rule)}
      </Text>
      {preview.isPending && <Loading lines={6} />}
      {preview.error && <Refused error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && !preview.error && (
        <>
          {preview.data.problems.map(({ code, message }) => (
            <Text key={code} size="sm" c="orange" role="status">
              {message}
            </Text>
          ))}
          <ol className={classes.dates} aria-live="polite">
            {preview.data.dates.map((date) => (
              <DateLine key={date.at} date={date} hasLead={draft.leadDays > 0} />
            ))}
          </ol>
          {preview.data.left.slice(0, SHOWN).map(({ date, why }) => (
            <Text key={date} size="xs" c="dimmed">
              {why}
            </Text>
          ))}
        </>
      )}
      {check.data && !check.error && <Changes data={check.data} isNew={!id} mode={draft.mode} />}
    </section>
  );
}

/** A rule that is not whole yet is no failure: its place says what is missing. */
function Refused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof ApiProblem) || error.status !== 422) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <Text size="sm" c="red" role="alert">
      {error.errors.map(({ message }) => message).join(' ') || error.message}
    </Text>
  );
}

function DateLine({ date: { date, createAt, why }, hasLead }: { date: PlannedDate; hasLead: boolean }) {
  const { t, i18n } = useTranslation();
  const { day, create } = useMemo(
    () => ({
      day: new Intl.DateTimeFormat(i18n.language, {
        timeZone: 'UTC',
        weekday: 'short',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      }),
      create: new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short' }),
    }),
    [i18n.language],
  );
  return (
    <li>
      <span className={classes.date}>{day.format(new Date(`${date}Z`))}</span>
      {hasLead && (
        <Text size="xs" c="dimmed" component="div">
          {t('planning.preview.created', { date: create.format(new Date(createAt)) })}
        </Text>
      )}
      {why && (
        <Text size="xs" c="dimmed" component="div" className={classes.why}>
          <IconArrowForwardUp size={13} aria-hidden /> {why}
        </Text>
      )}
    </li>
  );
}

type ChangesProps = { data: PlanCheckResult; isNew: boolean; mode: PlanDraft['mode'] };

function Changes({ data: { objects, changes }, isNew, mode }: ChangesProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.changes}>
      {mode !== 'none' && (
        <Text size="sm">
          {t('planning.preview.objects', { count: objects.count })}
          {objects.count > 0 && (
            <Text size="xs" c="dimmed" component="span">
              {' '}
              {objects.sample.map(({ name }) => name).join(', ')}
              {objects.count > objects.sample.length && '…'}
            </Text>
          )}
        </Text>
      )}
      <Text size="sm">
        {t(isNew ? 'planning.preview.addedNew' : 'planning.preview.added', { count: changes.added })}
      </Text>
      {!isNew && <Text size="sm">{t('planning.preview.removed', { count: changes.removed })}</Text>}
      {!isNew && changes.made > 0 && (
        <Text size="xs" c="dimmed">
          {t('planning.preview.made', { count: changes.made })}
        </Text>
      )}
    </div>
  );
}
