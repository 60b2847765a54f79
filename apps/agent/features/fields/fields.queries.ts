import { onePage } from '@/directory/one-page';
import { api } from '@/api';
import type { ArchiveDeed } from '@/directory/archive-button';
import { unwrap, type Schemas } from '@opora/client';
import type { Condition } from '@opora/ui/conditions';
import { useMutation, useQueryClient } from '@tanstack/react-query';

export type LocalText = { ru: string; en: string };
export type Subject = 'ticket' | 'company' | 'contact' | 'object';
export const SUBJECTS: Subject[] = ['ticket', 'company', 'contact', 'object'];
export type Option = { value: string; label: LocalText; isArchived: boolean };
type Texts = { name: LocalText; hint: LocalText | null; options: Option[] };
export type CustomField = Omit<Schemas['CustomFieldView'], keyof Texts> & Texts;
export type FieldInput = Omit<Required<Schemas['CreateCustomField']>, keyof Texts> & Texts;

export const EFFECTS = ['show', 'hide', 'require', 'optional', 'read_only', 'editable', 'allow'] as const;
export type EffectKind = (typeof EFFECTS)[number];
export type Effect = Schemas['FormEffectView'];
export type FormRule = Omit<Schemas['FormRuleView'], 'when'> & { when: Condition };
export type RuleInput = Pick<FormRule, 'name' | 'isActive' | 'when' | 'effects'>;

/** The own fields of a subject, in their order, the archived ones last. */
export const fieldsQuery = (subject: Subject) =>
  onePage(['custom-fields', subject, 'all'], async (signal) => {
    const read = (archived: boolean) =>
      unwrap(api.http.GET('/custom-fields', { params: { query: { subject, archived } }, signal }));
    const [live, archived] = await Promise.all([read(false), read(true)]);
    const ids = new Set(live.data.map(({ id }) => id));
    const all = [...live.data, ...archived.data.filter(({ id }) => !ids.has(id))];
    return { data: all as unknown as CustomField[] };
  });

export const rulesQuery = () =>
  onePage(['form-rules', 'all'], async (signal) => {
    const { data } = await unwrap(api.http.GET('/form-rules', { signal }));
    return { data: data as unknown as FormRule[] };
  });

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
    mutationFn: ({ subject, code, ...texts }: FieldInput) => {
      const body = texts as unknown as Schemas['UpdateCustomField'] &
        Pick<Schemas['CreateCustomField'], 'name' | 'type'>;
      return field
        ? unwrap(
            api.http.PATCH('/custom-fields/{id}', {
              params: { ...path(field.id), header: { 'If-Match': `"${field.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/custom-fields', { body: { ...body, subject, code } }));
    },
    onSuccess,
  });
}

export function useArchiveField(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (deed: ArchiveDeed) => unwrap(api.http.POST(`/custom-fields/{id}/${deed}`, { params: path(id) })),
    onSuccess,
  });
}

export function useOrderFields(subject: Subject) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (ids: string[]) => unwrap(api.http.PUT('/custom-fields/order', { body: { subject, ids } })),
    onSettled,
  });
}

export function useSaveRule(rule: FormRule | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: RuleInput) =>
      rule
        ? unwrap(
            api.http.PATCH('/form-rules/{id}', {
              params: { ...path(rule.id), header: { 'If-Match': `"${rule.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/form-rules', { body: { ...body, subject: 'ticket' } })),
    onSuccess,
  });
}

export function useSwitchRule() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: ({ id, version, isActive }: FormRule) =>
      unwrap(
        api.http.PATCH('/form-rules/{id}', {
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
    mutationFn: () => unwrap(api.http.DELETE('/form-rules/{id}', { params: path(id) })),
    onSuccess,
  });
}

export function useOrderRules() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (ids: string[]) => unwrap(api.http.PUT('/form-rules/order', { body: { subject: 'ticket', ids } })),
    onSettled,
  });
}
