import { api } from '@/api';
import { pickReference } from '@/pickers/reference-picker';
import { CustomFieldInput } from '@opora/ui/fields';
import { codeOf, definitionOf } from './use-verdict';
import type { VerdictField } from './verdict.types';

type Props = {
  fields: VerdictField[];
  values: Record<string, unknown>;
  errors: Partial<Record<string, string>>;
  onChange: (code: string, value: unknown) => void;
};

export const uploadFile = (file: File) => api.upload(file);

/** The own fields a form shows, each as the verdict has it. */
export function CustomInputs({ fields, values, errors, onChange }: Props) {
  return fields.map((field) => {
    const code = codeOf(field.name);
    return (
      <CustomFieldInput
        key={code}
        definition={definitionOf(field)}
        value={values[code]}
        error={errors[code]}
        isRequired={field.isRequired}
        isReadOnly={field.isReadOnly}
        allowed={field.allowed}
        pickReference={pickReference}
        upload={uploadFile}
        onChange={(value) => onChange(code, value)}
      />
    );
  });
}
