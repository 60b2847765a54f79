import { onePage } from '@/directory/one-page';
import { loose } from '@/loose';
import { unwrap } from '@opora/client';
import type { Condition } from '@opora/ui/conditions';
import type { FieldConfig, FieldType } from '@opora/ui/fields';
import { useMutation, useQueryClient } from '@tanstack/react-query';

export type LocalText = { ru: string; en: string };
export type Subject = 'ticket' | 'company' | 'contact' | 'object';
export const SUBJECTS: Subject[] = ['ticket', 'company', 'contact', 'object'];
export type Option = { value: string; label: LocalText; isArchived: boolean };
export type CustomField = {
  id: string;
  subject: Subject;
  code: string;
  name: LocalText;
  hint: LocalText | null;
  type: FieldType;
  options: Option[];
  config: FieldConfig & { pattern?: string | null; formula?: string | null };
  isClientVisible: boolean;
  isClientEditable: boolean;
  position: number;
  archivedAt: string | null;
  version: number;
};
export type FieldInput = Omit<CustomField, 'id' | 'position' | 'archivedAt' | 'version'>;

export const EFFECTS = ['show', 'hide', 'require', 'optional', 'read_only', 'editable', 'allow'] as const;
export type EffectKind = (typeof EFFECTS)[number];
export type Effect = { field: string; effect: EffectKind; values?: unknown[] };
export type FormRule = {
  id: string;
  name: string;
  subject: 'ticket';
  position: number;
  isActive: boolean;
  when: Condition;
  effects: Effect[];
  version: number;
};
export type RuleInput = Pick<FormRule, 'name' | 'isActive' | 'when' | 'effects'>;

/** The own fields of a subject, in their order, the archived ones last. */
export const fieldsQuery = (subject: Subject) =>
  onePage(['custom-fields', subject, 'all'], async (signal) => {
    const read = (archived: boolean) =>
      unwrap(
        loose.GET<{ data: CustomField[] }>('/custom-fields', { params: { query: { subject, archived } }, signal }),
      );
    const [live, archived] = await Promise.all([read(false), read(true)]);
    const ids = new Set(live.data.map(({ id }) => id));
    return { data: [...live.data, ...archived.data.filter(({ id }) => !ids.has(id))] };
  });

export const rulesQuery = () =>
  onePage(['form-rules', 'all'], (signal) => unwrap(loose.GET<{ data: FormRule[] }>('/form-rules', { signal })));

/** Fields and rules shape forms, filters and conditions everywhere. */
function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const noun of ['custom-fields', 'form-rules', 'condition-fields', 'ticket-forms', 'ticket-types'])
      void queries.invalidateQueries({ queryKey: [noun] });
  };
}

const path = (id: string) => ({ path: { id } });

export function useSaveField(field: CustomField | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ subject, code, ...body }: FieldInput) =>
      field
        ? unwrap(
            loose.PATCH<CustomField>('/custom-fields/{id}', {
              params: { ...path(field.id), header: { 'If-Match': `"${field.version}"` } },
              body,
            }),
          )
        : unwrap(loose.POST<CustomField>('/custom-fields', { body: { ...body, subject, code } })),
    onSuccess,
  });
}

export function useArchiveField(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (isArchived: boolean) =>
      unwrap(
        loose.POST<CustomField>(`/custom-fields/{id}/${isArchived ? 'archive' : 'restore'}`, { params: path(id) }),
      ),
    onSuccess,
  });
}

export function useOrderFields(subject: Subject) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (ids: string[]) => unwrap(loose.PUT<void>('/custom-fields/order', { body: { subject, ids } })),
    onSettled,
  });
}

export function useSaveRule(rule: FormRule | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: RuleInput) =>
      rule
        ? unwrap(
            loose.PATCH<FormRule>('/form-rules/{id}', {
              params: { ...path(rule.id), header: { 'If-Match': `"${rule.version}"` } },
              body,
            }),
          )
        : unwrap(loose.POST<FormRule>('/form-rules', { body: { ...body, subject: 'ticket' } })),
    onSuccess,
  });
}

export function useSwitchRule() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: ({ id, version, isActive }: FormRule) =>
      unwrap(
        loose.PATCH<FormRule>('/form-rules/{id}', {
          params: { ...path(id), header: { 'If-Match': `"${version}"` } },
          body: { isActive: !isActive },
        }),
      ),
    onSettled,
  });
}

export function useDeleteRule(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(loose.DELETE<void>('/form-rules/{id}', { params: path(id) })),
    onSuccess,
  });
}

export function useOrderRules() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (ids: string[]) => unwrap(loose.PUT<void>('/form-rules/order', { body: { subject: 'ticket', ids } })),
    onSettled,
  });
}
