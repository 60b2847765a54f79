import { Alert } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCalendarOff,
  IconDots,
  IconFlag,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  type Icon,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sharesOf, sumsOf } from './explanation';
import classes from './timing.module.css';
import { useSpans } from './spans';
import type { Explanation, Segment, SegmentKind } from './timing.types';

const ICONS: Record<SegmentKind, Icon> = {
  working: IconPlayerPlay,
  closed: IconMoon,
  pause: IconPlayerPause,
  holiday: IconCalendarOff,
  change: IconArrowsExchange,
  rest: IconDots,
};

/** A deadline step by step: every stretch of time, what it counted for, and the sums that must come out. */
export function ExplanationView({ explanation, timeZone }: { explanation: Explanation; timeZone?: string }) {
  const { t } = useTranslation();
  const { segments, startAt, dueAt } = explanation;
  const stamp = useStamp(segments, timeZone);
  const spans = useSpans();
  const sums = sumsOf(segments);
  return (
    <div className={classes.explanation}>
      <Strip segments={segments} />
      {!sums.isUnbroken && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />}>
          {t('timing.broken')}
        </Alert>
      )}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('timing.steps')}>
        <table className={classes.steps}>
          <thead>
            <tr>
              <th scope="col">{t('timing.when')}</th>
              <th scope="col">{t('timing.what')}</th>
              <th scope="col" className={classes.number}>
                {t('timing.passed')}
              </th>
              <th scope="col" className={classes.number}>
                {t('timing.counted')}
              </th>
              <th scope="col" className={classes.number}>
                {t('timing.remaining')}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className={classes.edge}>
              <td colSpan={5}>
                <IconFlag size={14} aria-hidden /> {t('timing.start', { at: stamp.full(startAt) })}
              </td>
            </tr>
            {segments.map((segment, index) => (
              <Step key={index} segment={segment} stamp={stamp} />
            ))}
            <tr className={classes.edge}>
              <td colSpan={5}>
                <IconFlag size={14} aria-hidden />{' '}
                {dueAt ? t('timing.due', { at: stamp.full(dueAt) }) : t('timing.never')}
              </td>
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t('timing.sum')}
              </th>
              <td className={classes.number}>{spans.exact(sums.whole)}</td>
              <td className={classes.number}>{spans.exact(sums.counted)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      {timeZone && <p className={classes.note}>{t('timing.inZone', { zone: timeZone })}</p>}
    </div>
  );
}

type Stamp = { full: (at: string) => string; span: (from: string, to: string | null) => string };
const SECONDS = /:\d\d:(?!00)\d\d/;

function Step({ segment, stamp }: { segment: Segment; stamp: Stamp }) {
  const { t } = useTranslation();
  const spans = useSpans();
  const KindIcon = ICONS[segment.kind];
  return (
    <tr data-kind={segment.kind}>
      <td className={classes.moment}>{stamp.span(segment.from, segment.to)}</td>
      <td>
        <span className={classes.kind} data-kind={segment.kind}>
          <KindIcon size={14} aria-hidden />
          {segment.label || t(`timing.kind.${segment.kind}`)}
        </span>
      </td>
      <td className={classes.number}>{spans.exact(segment.seconds)}</td>
      <td className={classes.number}>{segment.countedSeconds > 0 ? `+${spans.exact(segment.countedSeconds)}` : '—'}</td>
      <td className={classes.number}>
        {segment.remainingSeconds === null ? '' : spans.exact(segment.remainingSeconds)}
      </td>
    </tr>
  );
}

/** The same stretches to scale; the table below says it in words. */
function Strip({ segments }: { segments: Segment[] }) {
  const { t } = useTranslation();
  const shares = sharesOf(segments);
  const present = [...new Set(segments.map(({ kind }) => kind))].filter((kind) => kind !== 'change');
  return (
    <div>
      <div className={classes.strip} aria-hidden>
        {segments.map((segment, index) => (
          <span
            key={index}
            data-kind={segment.kind}
            title={segment.label || t(`timing.kind.${segment.kind}`)}
            style={{ width: `${shares[index]}%` }}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {present.map((kind) => (
          <li key={kind}>
            <i data-kind={kind} aria-hidden />
            {t(`timing.kind.${kind}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Moments with their seconds as soon as one of them has any: a sum to the second needs them. */
function useStamp(segments: Segment[], timeZone?: string): Stamp {
  const { i18n } = useTranslation();
  const hasSeconds = segments.some(({ from, to }) => SECONDS.test(from) || (to !== null && SECONDS.test(to)));
  return useMemo(() => {
    const make = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(i18n.language, { timeZone, hourCycle: 'h23', ...options });
    const day = make({ weekday: 'short', day: 'numeric', month: 'short' });
    const clock = make({ hour: '2-digit', minute: '2-digit', ...(hasSeconds ? { second: '2-digit' as const } : {}) });
    const full = (at: string) => `${day.format(new Date(at))}, ${clock.format(new Date(at))}`;
    const span = (from: string, to: string | null) => {
      if (to === null) return `${full(from)} – …`;
      const isOneDay = day.format(new Date(from)) === day.format(new Date(to));
      return from === to ? full(from) : `${full(from)} – ${isOneDay ? clock.format(new Date(to)) : full(to)}`;
    };
    return { full, span };
  }, [i18n.language, timeZone, hasSeconds]);
}
