import type { ReactNode } from 'react';

export const FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'checkbox',
  'select',
  'multiselect',
  'reference',
  'file',
  'formula',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];
export type FieldOption = { value: string; label: string; isArchived?: boolean };
export type FieldConfig = {
  min?: number | string | null;
  max?: number | string | null;
  maxLength?: number | null;
  decimals?: number | null;
  reference?: string | null;
  isMultiline?: boolean | null;
};

/** A field that an organisation made for itself, named in the reader's language. */
export type FieldDefinition = {
  code: string;
  label: string;
  hint?: string | null;
  type: FieldType;
  options?: FieldOption[];
  config?: FieldConfig;
};

/** What a picker of a company, a contact, an object, an employee or a ticket is given. */
export type ReferencePick = {
  reference: string;
  value: string | null;
  onChange: (id: string | null) => void;
  label?: string;
  'aria-label'?: string;
  description?: ReactNode;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  placeholder?: string;
  size?: 'xs' | 'sm' | 'md';
};
/** Draws a picker; the SPA knows where its people and companies come from. */
export type PickReference = (pick: ReferencePick) => ReactNode;

/** An uploaded file as a field shows it. */
export type FieldFile = { id: string; name: string; url?: string | null };
