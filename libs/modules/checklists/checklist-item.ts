import type { StatusCategory } from '@opora/modules/tickets';

export const MAX_ITEMS = 200;
export const MAX_SUBJECTS = 50;
export const MAX_CHECKLISTS = 20;
export const MAX_FILES = 20;

export const ITEM_KINDS = ['item', 'heading', 'subheading'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What an item leaves behind besides the tick. */
export const RESULT_KINDS = ['none', 'text', 'number', 'choice', 'photo', 'code', 'signature'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

/** Limits of a result; each kind has its own. */
export type ResultLimits = {
  min?: number;
  max?: number;
  decimals?: number;
  unit?: string;
  options?: string[];
  /** Fewest photos. */
  minFiles?: number;
  /** The only code that is right. */
  expected?: string;
  /** The item may be ticked without a result. */
  isOptional?: boolean;
};

/** An item as a template keeps it and a checklist takes it over. */
export type ItemFacts = {
  kind: ItemKind;
  title: string;
  hint: string;
  isRequired: boolean;
  /** Categories or ids of statuses that the ticket cannot enter before. */
  requiredTo: string[];
  /** Categories or ids of statuses that the ticket cannot leave before. */
  requiredFrom: string[];
  isClientVisible: boolean;
  resultKind: ResultKind;
  resultLimits: ResultLimits;
  assigneeId: string | null;
  plannedSeconds: number | null;
};

/** What a checklist is repeated for. */
export const AXES = ['people', 'objects'] as const;
export type Axis = (typeof AXES)[number];

/** One column of a matrix. */
export type Subject = {
  id: string;
  kind: 'contact' | 'employee' | 'object' | 'named';
  refId: string | null;
  name: string;
};

/** Stands in for the subject where a checklist has none. */
export const NO_SUBJECT = '00000000-0000-0000-0000-000000000000';

export const MARK_STATES = ['done', 'not_applicable'] as const;
export type MarkState = (typeof MARK_STATES)[number];

/** Without statuses of its own, a required item stands before these. */
export const USUAL_CATEGORIES: readonly StatusCategory[] = ['done', 'closed'];
