import type { FieldDefinition } from '@opora/ui/fields';

export type VerdictField = {
  name: string;
  label: string;
  type: string;
  isVisible: boolean;
  isRequired: boolean;
  isReadOnly: boolean;
  allowed: unknown[] | null;
  options?: { value: string; label: string; isArchived?: boolean }[] | null;
  hint?: string | null;
  config?: FieldDefinition['config'] | null;
  reference?: string | null;
  because: { id: string; name: string }[];
};
export type VerdictProblem = { pointer: string; code: string; message: string };
export type Verdict = { fields: VerdictField[]; problems: VerdictProblem[] };
export type VerdictInput = {
  ticketId?: string;
  values: Record<string, unknown>;
  channel?: 'agent' | 'portal' | 'api' | 'mail';
};
