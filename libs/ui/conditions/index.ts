export { ConditionBuilder } from './condition-builder';
export { ConditionSentence, type NameReference } from './condition-sentence';
export type { Condition, ConditionClause, ConditionField, ConditionOp, ConditionProblem } from './condition.types';
export { ConditionValues } from './condition-value';
