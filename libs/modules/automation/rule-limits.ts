/** A person's change is depth 0; each rule adds one. A rule is not started by an event of this depth: an alarm is raised instead. */
export const MAX_RULE_DEPTH = 5;
/** Firings of one rule on one ticket within an hour. */
export const MAX_PER_HOUR = 20;
/** Firings of all rules on one ticket within an hour. */
export const MAX_PER_TICKET = 100;
