import { defineEvent } from '@opora/platform/events';
import type { SlaEscalation } from './sla-policy.entity';
import type { SlaMetric } from './sla-story';

/** A threshold of a clock was reached. `threshold`: `75%` of the time, `-900` seconds before the end, or `breach`. */
export type SlaMomentFact = {
  /** The same however often it is told. */
  id: string;
  ticketId: string;
  clockId: string;
  metric: SlaMetric;
  cycle: number;
  threshold: string;
  /** When it was reached. */
  at: string;
  dueAt: string;
  /** Whom the policy tells besides those concerned anyway. */
  escalateTo: SlaEscalation[];
};

/** Clocks have reached warnings of their policies. Published in batches: at noon there may be hundreds a second. */
export const SlaWarned = defineEvent<{ moments: SlaMomentFact[] }>('sla.warned');

/** Clocks have run out. */
export const SlaBreached = defineEvent<{ moments: SlaMomentFact[] }>('sla.breached');
