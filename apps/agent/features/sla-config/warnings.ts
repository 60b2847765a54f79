/** A warning as the API keeps it: one of the two. */
type Warning = { percent?: number; beforeSeconds?: number };

/** A warning as the screen shows it. */
export const warningOf = ({ percent, beforeSeconds }: Warning): { kind: 'percent' | 'before'; value: number } =>
  beforeSeconds === undefined ? { kind: 'percent', value: percent ?? 100 } : { kind: 'before', value: beforeSeconds };
