import { ApiProperty } from '@nestjs/swagger';
import { t } from '@opora/platform/i18n';
import type { Locale } from '@opora/platform/context';
import { type Segment, SEGMENT_KINDS, type SegmentKind } from './work-time-explain';

/** A stretch of the way to a deadline. */
export class SegmentView {
  from: string;
  /** Null: it goes on without an end. */
  @ApiProperty({ type: String, nullable: true })
  to: string | null;
  @ApiProperty({ enum: SEGMENT_KINDS })
  kind: SegmentKind;
  /** Why it is closed: `outside_hours`, `break`, `day_off`, `shortened`, `holiday`, `exception`, `never`. Of a change: `rules`. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  /** Closed at the object, while the provider works. */
  isObject: boolean;
  /** The same in words. */
  label: string;
  /** Plain time. */
  seconds: number;
  /** Of it, working time that counts. */
  countedSeconds: number;
  /** Working time still to go at the end of the segment; null without a target. */
  @ApiProperty({ type: Number, nullable: true })
  remainingSeconds: number | null;
}

/** What a segment is, in words. */
export function segmentLabel(ctx: { locale: Locale }, { kind, reason, isObject, note }: Segment): string {
  const words = t(ctx, `sla.segment.${reason ?? kind}`);
  if (isObject) return t(ctx, 'sla.segment.atObject', { words });
  return note ? `${words}: ${note}` : words;
}

export const isoOf = (moment: number): string => new Date(moment).toISOString();

export const toSegmentView = (ctx: { locale: Locale }, segment: Segment): SegmentView => ({
  from: isoOf(segment.from),
  to: segment.to === null ? null : isoOf(segment.to),
  kind: segment.kind,
  reason: segment.reason,
  isObject: segment.isObject,
  label: segmentLabel(ctx, segment),
  seconds: segment.seconds,
  countedSeconds: segment.countedSeconds,
  remainingSeconds: segment.remainingSeconds,
});
