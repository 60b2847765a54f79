export { CustomFieldInput, type CustomFieldInputProps } from './custom-field-input';
export { CustomFieldValue } from './custom-field-value';
export {
  FIELD_TYPES,
  type FieldConfig,
  type FieldDefinition,
  type FieldFile,
  type FieldOption,
  type FieldType,
  type PickReference,
  type ReferencePick,
} from './field.types';
export { fromLocalInput, toLocalInput } from './local-moment';
