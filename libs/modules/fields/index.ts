export {
  type Clause,
  clausesOf,
  type Condition,
  type ConditionField,
  type ConditionFieldType,
  conditionProblems,
  explain,
  type Facts,
  matches,
  type Op,
  OPERATORS,
  OPERATORS_OF,
  partAt,
} from './condition';
export { implies, isContradiction } from './condition-logic';
export { ConditionInput } from './conditions.dto';
export { FIELD_SUBJECTS, type FieldSubject } from './custom-field.entity';
export { FieldCatalogue, type FieldProvider } from './field-catalogue.service';
export {
  type BaseField,
  type Effect,
  type EffectKind,
  EFFECTS,
  type FieldVerdict,
  pointerOf,
  type RuleOfForm,
  type Verdict,
  type VerdictCheck,
  verdictOf,
  verdictProblems,
} from './form-rules';
export { FieldsModule } from './fields.module';
