export type SegmentKind = 'working' | 'closed' | 'pause' | 'holiday' | 'change' | 'rest';

/** A stretch of time between two moments and what it meant to the clock. */
export type Segment = {
  from: string;
  /** Null: it goes on without an end. */
  to: string | null;
  kind: SegmentKind;
  label: string;
  seconds: number;
  countedSeconds: number;
  remainingSeconds: number | null;
};

/** How a deadline came about, from the start to the moment itself. */
export type Explanation = { startAt: string; dueAt: string | null; segments: Segment[] };
