import type { StatusCategory } from './tickets.queries';

/** The four steps a client is shown, whatever the process behind them looks like. */
export const STEPS = ['accepted', 'in_work', 'done', 'closed'] as const;

const STEP_OF: Record<StatusCategory, (typeof STEPS)[number]> = {
  new: 'accepted',
  in_work: 'in_work',
  waiting_client: 'in_work',
  done: 'done',
  closed: 'closed',
};

/** The place of a status among the steps. */
export const stepOf = (category: StatusCategory): number => STEPS.indexOf(STEP_OF[category]);
