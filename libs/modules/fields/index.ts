export {
  type Clause,
  clausesOf,
  type Condition,
  type ConditionField,
  type FieldAlias,
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
export { ConditionFieldView, ConditionInput } from './conditions.dto';
export { CustomFieldDefinitions } from './custom-field-definitions.service';
export { customFieldCondition } from './custom-field-sql';
export type { StoredValue, StoredValues } from './custom-field-values';
export {
  CustomField,
  type CustomFieldType,
  FIELD_SUBJECTS,
  type FieldOption,
  type FieldSubject,
  type ReferenceKind,
} from './custom-field.entity';
export { CreateCustomField } from './custom-fields.dto';
export { type CheckedFields, CustomFields, type FieldDisplay } from './custom-fields.service';
export { FieldCatalogue, type FieldProvider } from './field-catalogue.service';
export { FieldReferences, FieldRows, type ReferenceSource } from './field-ports.service';
export { FieldsPermission } from './fields.access';
export { Nested, OneLine } from './fields-text';
export { FieldsModule } from './fields.module';
export { seedFields } from './fields.seed';
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
export { FormRules } from './form-rules.service';
