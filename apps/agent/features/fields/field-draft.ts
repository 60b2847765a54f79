import type { FieldDefinition, FieldType } from '@opora/ui/fields';
import type { CustomField, FieldInput, LocalText, Option, Subject } from './fields.queries';

export type FieldDraft = ReturnType<typeof draftOf>;

/** A field's card as the form holds it. */
export function draftOf(field: CustomField | null, subject: Subject) {
  const config = field?.config ?? {};
  return {
    subject,
    code: field?.code ?? '',
    nameRu: field?.name.ru ?? '',
    nameEn: field?.name.en ?? '',
    hintRu: field?.hint?.ru ?? '',
    hintEn: field?.hint?.en ?? '',
    type: (field?.type ?? 'text') as FieldType,
    options: field?.options ?? ([] as Option[]),
    isMultiline: config.isMultiline ?? false,
    maxLength: asNumber(config.maxLength),
    pattern: config.pattern ?? '',
    min: asNumber(config.min),
    max: asNumber(config.max),
    decimals: asNumber(config.decimals),
    reference: config.reference ?? 'company',
    formula: config.formula ?? '',
    isClientVisible: field?.isClientVisible ?? false,
    isClientEditable: field?.isClientEditable ?? false,
    // Places for refusals that name the whole.
    name: '',
    hint: '',
    config: '',
  };
}

const asNumber = (value: unknown): number | '' => (value == null || value === '' ? '' : Number(value));
const given = <Value>(value: Value | ''): Value | undefined => (value === '' ? undefined : value);

/** What of the configuration belongs to a type. */
export function configOf(draft: FieldDraft): FieldInput['config'] {
  const { isMultiline, maxLength, pattern, min, max, decimals, reference, formula } = draft;
  const limits = { min: given(min), max: given(max) };
  const all: Partial<Record<FieldType, FieldInput['config']>> = {
    text: { isMultiline, maxLength: given(maxLength), pattern: given(pattern) },
    number: { ...limits, decimals: given(decimals) },
    money: limits,
    reference: { reference },
    formula: { formula },
  };
  const config = all[draft.type] ?? {};
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

const hasOptions = (type: FieldType) => type === 'select' || type === 'multiselect';

/** The card as the API takes it. */
export function inputOf(draft: FieldDraft): FieldInput {
  const both = (ru: string, en: string): LocalText => ({ ru: ru.trim(), en: en.trim() || ru.trim() });
  return {
    subject: draft.subject,
    code: draft.code.trim(),
    name: both(draft.nameRu, draft.nameEn),
    hint: draft.hintRu.trim() || draft.hintEn.trim() ? both(draft.hintRu || draft.hintEn, draft.hintEn) : null,
    type: draft.type,
    options: hasOptions(draft.type)
      ? draft.options.map((option) => ({ ...option, label: both(option.label.ru, option.label.en) }))
      : [],
    config: configOf(draft),
    isClientVisible: draft.isClientVisible,
    isClientEditable: draft.isClientVisible && draft.isClientEditable && draft.type !== 'formula',
  };
}

/** The field as people will meet it. */
export function previewOf(draft: FieldDraft, language: string): FieldDefinition {
  const of = ({ ru, en }: LocalText) => (language === 'en' ? en || ru : ru || en);
  return {
    code: draft.code || 'preview',
    label: of({ ru: draft.nameRu, en: draft.nameEn }) || '…',
    hint: of({ ru: draft.hintRu, en: draft.hintEn }) || null,
    type: draft.type,
    options: draft.options.map(({ value, label, isArchived }) => ({ value, label: of(label) || value, isArchived })),
    config: configOf(draft),
  };
}

const LETTERS: Record<string, string> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sch ы:y э:e ю:yu я:ya ъ: ь:'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** A code that a name suggests: «Серийный номер» is `seriynyy_nomer`. */
export function codeFrom(name: string, taken: readonly string[] = []): string {
  const latin = [...name.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('');
  const code = latin
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 36);
  if (!code || !taken.includes(code)) return code;
  const free = Array.from({ length: 99 }, (_, index) => `${code}_${index + 2}`).find((each) => !taken.includes(each));
  return free ?? code;
}
