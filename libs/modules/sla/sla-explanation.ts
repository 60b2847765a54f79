/** «Why is it due at 14:37»: the way of a clock from its start to its end, in words. */
import type { Locale } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { Clock, ClockRun } from './sla-clock';
import { isoOf, SegmentView, toSegmentView } from './sla-segments.dto';
import type { SlaMetric } from './sla-story';
import { explainSpan, type Segment } from './work-time-explain';
import { ApiProperty } from '@nestjs/swagger';
import { CLOCK_STATES, type ClockState } from './sla-clock';
import { SLA_METRICS } from './sla-story';

export class ExplanationView {
  @ApiProperty({ enum: SLA_METRICS })
  metric: SlaMetric;
  @ApiProperty()
  cycle: number;
  @ApiProperty({ enum: CLOCK_STATES })
  state: ClockState;
  @ApiProperty()
  startAt: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  stoppedAt: string | null;
  /** Working time that was promised. */
  @ApiProperty()
  targetSeconds: number;
  /** Everything from the start to the end of the promise; while the clock stands, to the beginning of the pause. */
  @ApiProperty({ type: [SegmentView] })
  segments: SegmentView[];
  /** Plain time of all segments: equals the distance from the start to the end. */
  @ApiProperty()
  totalSeconds: number;
  /** Working time that counted: the promise itself, when its end is known. */
  @ApiProperty()
  countedSeconds: number;
}

type Words = { locale: Locale };
/** Why it is counted otherwise from here on: not other hours, another policy. */
const RULES = 'rules' as const;

export function explain(
  ctx: Words,
  { metric, cycle, run, clock }: { metric: SlaMetric; cycle: number; run: ClockRun; clock: Clock },
  reasonOf: (reason: string) => string,
): ExplanationView {
  const span = explainSpan(run.calendar, {
    start: run.originAt,
    end: clock.dueAt,
    seconds: run.seconds,
    pauses: run.pauses.map(({ from, to, reason }) => ({ from, to, note: reasonOf(reason) })),
    changes: run.changes
      .filter(({ at }) => at > run.originAt && (clock.dueAt === null || at <= clock.dueAt))
      .map(({ at, kind }) => ({ at, reason: kind === 'policy' ? RULES : null })),
  });
  const segments = wholeSeconds(ctx, [...beforeChange(ctx, run), ...span], run);
  return {
    metric,
    cycle,
    state: clock.state,
    startAt: isoOf(run.startAt),
    dueAt: clock.dueAt === null ? null : isoOf(clock.dueAt),
    stoppedAt: run.stopAt === null ? null : isoOf(run.stopAt),
    targetSeconds: run.seconds,
    segments,
    totalSeconds: segments.reduce((sum, { seconds }) => sum + seconds, 0),
    countedSeconds: segments.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0),
  };
}

/** What lay before a change «from the change on» does not count for the new promise. */
const beforeChange = (ctx: Words, { startAt, originAt, seconds }: ClockRun): Segment[] =>
  originAt === startAt
    ? []
    : [
        {
          from: startAt,
          to: originAt,
          kind: 'change',
          reason: RULES,
          isObject: false,
          note: t(ctx, 'sla.explanation.beforeChange'),
          seconds: (originAt - startAt) / 1000,
          countedSeconds: 0,
          remainingSeconds: seconds,
        },
      ];

/** Whole seconds that add up: each is the difference of two rounded distances from the start. */
function wholeSeconds(ctx: Words, segments: readonly Segment[], { startAt, seconds }: ClockRun): SegmentView[] {
  const plain = (moment: number): number => Math.floor((moment - startAt) / 1000);
  let countedMs = 0;
  return segments.map((segment) => {
    const before = Math.floor(countedMs / 1000);
    countedMs += Math.round(segment.countedSeconds * 1000);
    const after = Math.floor(countedMs / 1000);
    return {
      ...toSegmentView(ctx, segment),
      seconds: segment.to === null ? 0 : plain(segment.to) - plain(segment.from),
      countedSeconds: after - before,
      remainingSeconds: Math.max(0, seconds - after),
    };
  });
}

const COLUMNS = ['from', 'to', 'kind', 'label', 'seconds', 'countedSeconds', 'remainingSeconds'] as const;

/** A table for a dispute; a text that a spreadsheet would take for a formula is disarmed. */
export function csvOf({ segments }: ExplanationView): string {
  const cell = (value: string | number | null): string => {
    const words = String(value ?? '');
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = segments.map((segment) => COLUMNS.map((column) => cell(segment[column])).join(','));
  return [COLUMNS.join(','), ...rows].join('\r\n') + '\r\n';
}
