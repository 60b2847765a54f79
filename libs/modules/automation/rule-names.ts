import type { Rule } from './rule.entity';

/** What history and notices call a rule by. */
export const nameOf = ({ number, name }: Pick<Rule, 'number' | 'name'>): string => `№${number} «${name}»`;
