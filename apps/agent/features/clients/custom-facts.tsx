import { pickReference } from '@/pickers/reference-picker';
import { uploadFile } from '@/ticket-form/custom-inputs';
import { ownFieldsQuery } from '@/ticket-form/custom-fields.queries';
import { CustomFieldInput, type FieldDefinition } from '@opora/ui/fields';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact } from './facts';

type Values = Record<string, unknown>;
type Save = (
  patch: { customFields: Values },
  handlers: { onDone: () => void; onFieldError: (message: string) => void; version: number },
) => void;
type Props = {
  subject: 'company' | 'contact' | 'object';
  record: { version: number; customFields: Values; customFieldTexts: Record<string, { text: string; url?: string }> };
  isOpen: boolean;
  onSave: Save;
};

/** The organisation's own fields of a company, a contact or an object, each written where it stands. */
export function CustomFacts({ subject, record, isOpen, onSave }: Props) {
  const { i18n } = useTranslation();
  const { data: definitions = [] } = useQuery(ownFieldsQuery(i18n.language, subject));
  return definitions.map((definition) => (
    <Fact key={definition.code} label={definition.label}>
      <OwnFact
        definition={definition}
        version={record.version}
        stored={record.customFields[definition.code] ?? null}
        text={record.customFieldTexts[definition.code]}
        isOpen={isOpen}
        onSave={onSave}
      />
    </Fact>
  ));
}

/** Saved at once; only what is typed waits until one leaves the field. */
const TYPED: FieldDefinition['type'][] = ['text', 'number', 'money', 'date', 'datetime'];

type FactProps = {
  definition: FieldDefinition;
  version: number;
  stored: unknown;
  text: { text: string; url?: string } | undefined;
  isOpen: boolean;
  onSave: Save;
};

function OwnFact({ definition, version, stored, text, isOpen, onSave }: FactProps) {
  // With the version that was on the screen when the writing began; null is the present one.
  const [draft, setDraft] = useState<{ value: unknown; version: number | null } | null>(null);
  const [error, setError] = useState<string>();
  const { code, type } = definition;
  if (type === 'formula') return text?.text ?? '';
  const save = (value: unknown) => {
    if (JSON.stringify(value ?? null) === JSON.stringify(stored)) return setDraft(null);
    setError(undefined);
    // Whoever has typed on while it was saved keeps that, over what was saved.
    const onDone = () =>
      setDraft((present) => (present && present.value !== value ? { value: present.value, version: null } : null));
    onSave(
      { customFields: { [code]: value ?? null } },
      { onDone, onFieldError: setError, version: draft?.version ?? version },
    );
  };
  return (
    <div
      onKeyDown={(event) => {
        if (event.key === 'Enter' && draft && !definition.config?.isMultiline) save(draft.value);
        if (event.key === 'Escape' && draft) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    >
      <CustomFieldInput
        definition={definition}
        value={draft ? draft.value : stored}
        error={error}
        isLabelHidden
        isReadOnly={!isOpen}
        pickReference={pickReference}
        upload={uploadFile}
        file={typeof stored === 'string' && text ? { id: stored, name: text.text, url: text.url ?? null } : null}
        onBlur={() => draft && save(draft.value)}
        onChange={(value) => {
          setDraft({ value, version: draft ? draft.version : version });
          if (!TYPED.includes(type)) save(value);
        }}
      />
    </div>
  );
}
