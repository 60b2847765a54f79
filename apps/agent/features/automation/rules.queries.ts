import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import type { Condition } from '@opora/ui/conditions';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { RuleTrigger } from './rule-trigger';

export type Rule = Schemas['RuleView'];
export type Triggers = Schemas['RuleTriggersView'];
export type Firing = Schemas['RuleFiringRowView'];
export type RuleAlarm = Schemas['RuleAlarmView'];
export type Delivery = Schemas['RuleDeliveryView'];
export type RuleTest = Schemas['RuleTestView'];
export type ConditionLine = Schemas['RuleConditionLineView'];
export type RuleAction = Schemas['RuleActionInput'];

/** What the editor holds. */
export type RuleDraft = {
  name: string;
  description: string;
  isActive: boolean;
  trigger: RuleTrigger;
  when: Condition;
  actions: RuleAction[];
  stopsOthers: boolean;
  note: string;
};

const LIMIT = 50;

export const rulesQuery = () =>
  queryOptions({
    queryKey: ['rules', 'all'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/rules', { signal }))).data,
  });

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['rules', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/rules/{id}', { params: { path: { id } }, signal })),
  });

export const triggersQuery = (locale: string) =>
  queryOptions({
    queryKey: ['rule-triggers', locale],
    staleTime: 60_000,
    queryFn: ({ signal }) => unwrap(api.http.GET('/rule-triggers', { signal })),
  });

/** What actions are called. */
export const actionNamesQuery = (locale: string) =>
  queryOptions({
    queryKey: ['ticket-actions', 'names', locale],
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.http.GET('/ticket-actions', { params: { query: { for: 'rule' } }, signal }));
      return new Map(data.map(({ name, label }) => [name, label]));
    },
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['rules', 'versions', id],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/rules/{id}/versions', { params: { path: { id } }, signal }))).data,
  });

export const firingsQuery = (ruleId: string, outcome: Firing['outcome'] | null) =>
  infiniteQueryOptions({
    queryKey: ['rules', 'firings', ruleId, outcome],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { limit: LIMIT, ...(cursor ? { cursor } : {}), ...(outcome ? { outcome } : {}) };
      return unwrap(api.http.GET('/rules/{id}/firings', { params: { path: { id: ruleId }, query }, signal }));
    },
    getNextPageParam: ({ page }) => page.next ?? undefined,
  });

/** Read anew with every version of the ticket. */
export const ticketFiringsQuery = (ticketId: string, version: number) =>
  queryOptions({
    queryKey: ['tickets', 'firings', ticketId, version],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const params = { path: { id: ticketId }, query: { limit: LIMIT } };
      return (await unwrap(api.http.GET('/tickets/{id}/rule-firings', { params, signal }))).data;
    },
  });

export const firingQuery = (id: string) =>
  queryOptions({
    queryKey: ['rules', 'firing', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/rule-firings/{id}', { params: { path: { id } }, signal })),
  });

export const deliveriesQuery = (ruleId: string) =>
  infiniteQueryOptions({
    queryKey: ['rules', 'deliveries', ruleId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { limit: LIMIT, ...(cursor ? { cursor } : {}) };
      return unwrap(api.http.GET('/rules/{id}/deliveries', { params: { path: { id: ruleId }, query }, signal }));
    },
    getNextPageParam: ({ page }) => page.next ?? undefined,
  });

export const alarmsQuery = (state: 'open' | 'all') =>
  infiniteQueryOptions({
    queryKey: ['rule-alarms', state],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { state, limit: LIMIT, ...(cursor ? { cursor } : {}) };
      return unwrap(api.http.GET('/rule-alarms', { params: { query }, signal }));
    },
    getNextPageParam: ({ page }) => page.next ?? undefined,
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['rules'] });
    void queries.invalidateQueries({ queryKey: ['rule-alarms'] });
  };
}

const tagOf = ({ version }: { version: number }) => ({ 'If-Match': `"${version}"` });

export function useSaveRule(rule: Rule | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ note, ...draft }: RuleDraft) => {
      const body = { ...draft, when: draft.when as Record<string, unknown>, ...(note.trim() ? { note } : {}) };
      return rule
        ? unwrap(api.http.PATCH('/rules/{id}', { params: { path: { id: rule.id }, header: tagOf(rule) }, body }))
        : unwrap(api.http.POST('/rules', { body }));
    },
    onSuccess,
  });
}

/** Switches a rule on or off where it stands. */
export function useSwitchRule() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ rule, isActive }: { rule: Rule; isActive: boolean }) =>
      unwrap(
        api.http.PATCH('/rules/{id}', {
          params: { path: { id: rule.id }, header: tagOf(rule) },
          body: { isActive },
        }),
      ),
    onSuccess,
  });
}

export function useDeleteRule(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/rules/{id}', { params: { path: { id } } })),
    onSuccess,
  });
}

export function useRestoreVersion(rule: Rule) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (version: number) =>
      unwrap(
        api.http.POST('/rules/{id}/versions/{version}/restore', {
          params: { path: { id: rule.id, version } },
        }),
      ),
    onSuccess,
  });
}

export function useResolveAlarm() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.POST('/rule-alarms/{id}/resolve', { params: { path: { id } } })),
    onSuccess,
  });
}

export function useTestRule() {
  return useMutation({
    mutationFn: ({
      draft,
      ticketId,
      event,
    }: {
      draft: RuleDraft;
      ticketId: string;
      event: Record<string, unknown>;
    }) => {
      const { trigger, actions } = draft;
      const rule = { trigger, when: draft.when as Record<string, unknown>, actions };
      return unwrap(api.http.POST('/rules/test', { body: { rule, ticketId, event } }));
    },
  });
}

/** The order is on the screen at once; a refusal puts the old one back. */
export function useOrderRules() {
  const queries = useQueryClient();
  const key = rulesQuery().queryKey;
  return useMutation({
    mutationFn: (rules: Rule[]) => unwrap(api.http.PUT('/rules/order', { body: { ids: rules.map(({ id }) => id) } })),
    onMutate: async (rules) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData(key);
      queries.setQueryData(key, rules);
      return { before };
    },
    onError: (_error, _rules, context) => queries.setQueryData(key, context?.before),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['rules'] }),
  });
}
