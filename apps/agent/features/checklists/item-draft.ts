import type { Schemas } from '@opora/client';

type Input = Schemas['ChecklistItemInput'];
export type Kind = NonNullable<Input['kind']>;
export const KINDS: Kind[] = ['item', 'heading', 'subheading'];
export type ResultKind = NonNullable<Input['resultKind']>;
export const RESULT_KINDS: ResultKind[] = ['none', 'text', 'number', 'choice', 'photo', 'code', 'signature'];
export const CATEGORIES = ['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'] as const;

/** An item as forms edit it: everything is there, numbers may be half-typed. */
export type ItemDraft = {
  key: string;
  kind: Kind;
  title: string;
  hint: string;
  isRequired: boolean;
  requiredTo: string[];
  requiredFrom: string[];
  isClientVisible: boolean;
  resultKind: ResultKind;
  min: number | string;
  max: number | string;
  decimals: number | string;
  unit: string;
  options: string;
  minFiles: number | string;
  expected: string;
  isOptional: boolean;
  assignee: { id: string; name: string } | null;
  minutes: number | string;
};

let nextKey = 1;

export const newDraft = (kind: Kind = 'item', title = ''): ItemDraft => ({
  key: `new-${nextKey++}`,
  kind,
  title,
  hint: '',
  isRequired: false,
  requiredTo: [],
  requiredFrom: [],
  isClientVisible: false,
  resultKind: 'none',
  min: '',
  max: '',
  decimals: '',
  unit: '',
  options: '',
  minFiles: '',
  expected: '',
  isOptional: false,
  assignee: null,
  minutes: '',
});

type Present = Schemas['ChecklistItemView'] | Schemas['ChecklistTemplateItemView'];

export function draftOf(item: Present): ItemDraft {
  const { resultLimits: limits } = item;
  return {
    key: 'id' in item ? item.id : `kept-${nextKey++}`,
    kind: item.kind,
    title: item.title,
    hint: item.hint,
    isRequired: item.isRequired,
    requiredTo: item.requiredTo,
    requiredFrom: item.requiredFrom,
    isClientVisible: item.isClientVisible,
    resultKind: item.resultKind,
    min: limits.min ?? '',
    max: limits.max ?? '',
    decimals: limits.decimals ?? '',
    unit: limits.unit ?? '',
    options: (limits.options ?? []).join('\n'),
    minFiles: limits.minFiles ?? '',
    expected: limits.expected ?? '',
    isOptional: limits.isOptional ?? false,
    assignee: item.assignee,
    minutes: item.plannedSeconds === null ? '' : Math.round(item.plannedSeconds / 60),
  };
}

const numberOf = (value: number | string): number | undefined => (value === '' ? undefined : Number(value));

/** What the server is told: only the limits that belong to the kind of result. */
export function inputOf(draft: ItemDraft): Input {
  if (draft.kind !== 'item') return { kind: draft.kind, title: draft.title };
  const { resultKind, isOptional } = draft;
  const limits: Schemas['ResultLimitsInput'] = {
    ...(resultKind === 'number'
      ? {
          min: numberOf(draft.min),
          max: numberOf(draft.max),
          decimals: numberOf(draft.decimals),
          unit: draft.unit.trim() || undefined,
        }
      : {}),
    ...(resultKind === 'choice'
      ? {
          options: draft.options
            .split('\n')
            .map((option) => option.trim())
            .filter(Boolean),
        }
      : {}),
    ...(resultKind === 'photo' ? { minFiles: numberOf(draft.minFiles) } : {}),
    ...(resultKind === 'code' ? { expected: draft.expected.trim() || undefined } : {}),
    ...(resultKind !== 'none' && isOptional ? { isOptional } : {}),
  };
  const minutes = numberOf(draft.minutes);
  return {
    kind: 'item',
    title: draft.title,
    hint: draft.hint,
    isRequired: draft.isRequired,
    requiredTo: draft.isRequired ? draft.requiredTo : [],
    requiredFrom: draft.isRequired ? draft.requiredFrom : [],
    isClientVisible: draft.isClientVisible,
    resultKind,
    resultLimits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    assigneeId: draft.assignee?.id ?? null,
    plannedSeconds: minutes === undefined ? null : minutes * 60,
  };
}

/** Lines of a pasted text as items: `# ` begins a heading, `## ` a heading below it. */
export const draftsOfText = (text: string): ItemDraft[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•☐✓]|\d+[.)])\s+/u, '').trim())
    .filter(Boolean)
    .map((line) => {
      const [, marks = '', title = ''] = /^(#{0,2})\s*(.*)$/.exec(line) ?? [];
      return newDraft(marks === '#' ? 'heading' : marks === '##' ? 'subheading' : 'item', title.slice(0, 500));
    })
    .filter(({ title }) => title !== '');
