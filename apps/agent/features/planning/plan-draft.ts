import type { Plan, PlanInput } from './planning.queries';
import { newRule, ruleDraftOf, ruleInputOf, type RuleDraft } from './rule-draft';

export type Ref = { id: string; name: string };
export type PlanDraft = {
  name: string;
  subject: string;
  description: string;
  typeId: string | null;
  priorityId: string | null;
  company: Ref | null;
  team: Ref | null;
  assignee: Ref | null;
  plannedSeconds: number;
  deadlineSeconds: number;
  customFields: Record<string, unknown>;
  contactId: string | null;
  rule: RuleDraft;
  rdates: string[];
  exdates: string[];
  shift: NonNullable<PlanInput['shift']>;
  calendarId: string | null;
  /** The last day with dates, or none. */
  until: string;
  leadDays: number;
  leadRest: number;
  mode: Plan['objects']['mode'];
  /** Objects chosen by name; of a long list only its beginning has names. */
  listed: Ref[];
  unnamed: string[];
  companies: Ref[];
  categoryIds: string[];
  under: Ref[];
  kinds: string[];
  fanOut: NonNullable<PlanInput['fanOut']>;
  checklistTemplateId: string | null;
  catchUp: NonNullable<PlanInput['catchUp']>;
};

const DAY = 86_400;

export function newPlan(today: string, timeZone: string): PlanDraft {
  return {
    name: '',
    subject: '',
    description: '',
    typeId: null,
    priorityId: null,
    company: null,
    team: null,
    assignee: null,
    plannedSeconds: 0,
    deadlineSeconds: 0,
    customFields: {},
    contactId: null,
    rule: newRule(today, timeZone),
    rdates: [],
    exdates: [],
    shift: 'none',
    calendarId: null,
    until: '',
    leadDays: 0,
    leadRest: 0,
    mode: 'none',
    listed: [],
    unnamed: [],
    companies: [],
    categoryIds: [],
    under: [],
    kinds: [],
    fanOut: 'one_each',
    checklistTemplateId: null,
    catchUp: 'all',
  };
}

export function planDraftOf(plan: Plan): PlanDraft {
  const { ticket, rule, objects } = plan;
  const named = new Set(objects.listed.map(({ id }) => id));
  return {
    name: plan.name,
    subject: ticket.subject,
    description: ticket.description,
    typeId: ticket.type?.id ?? null,
    priorityId: ticket.priority?.id ?? null,
    company: ticket.company,
    team: ticket.team,
    assignee: ticket.assignee,
    plannedSeconds: ticket.plannedSeconds ?? 0,
    deadlineSeconds: ticket.deadlineSeconds ?? 0,
    customFields: ticket.customFields,
    contactId: ticket.contact?.id ?? null,
    rule: ruleDraftOf(rule),
    rdates: rule.rdates,
    exdates: rule.exdates,
    shift: plan.shift,
    calendarId: plan.calendar?.id ?? null,
    until: plan.until?.slice(0, 10) ?? '',
    leadDays: Math.floor(plan.leadSeconds / DAY),
    leadRest: plan.leadSeconds % DAY,
    mode: objects.mode,
    listed: objects.listed,
    unnamed: objects.ids.filter((id) => !named.has(id)),
    companies: objects.companies,
    categoryIds: objects.categories.map(({ id }) => id),
    under: objects.under,
    kinds: objects.kinds,
    fanOut: plan.fanOut,
    checklistTemplateId: plan.checklistTemplate?.id ?? null,
    catchUp: plan.catchUp,
  };
}

const idsOf = (refs: readonly Ref[]): string[] => refs.map(({ id }) => id);

/** What decides about dates and objects: the server can count what it would change. */
export const datesInputOf = (draft: PlanDraft) => ({
  rule: ruleInputOf(draft.rule, { rdates: draft.rdates, exdates: draft.exdates }),
  shift: draft.shift,
  calendarId: draft.calendarId,
  until: draft.until ? `${draft.until}T23:59:59Z` : null,
  leadSeconds: draft.leadDays * DAY + draft.leadRest,
});

export const objectsInputOf = (draft: PlanDraft): NonNullable<PlanInput['objects']> => ({
  mode: draft.mode,
  ...(draft.mode === 'list' ? { ids: [...idsOf(draft.listed), ...draft.unnamed] } : {}),
  ...(draft.mode === 'filter'
    ? {
        companyIds: idsOf(draft.companies),
        categoryIds: draft.categoryIds,
        underIds: idsOf(draft.under),
        kinds: draft.kinds as never[],
      }
    : {}),
});

export function planInputOf(draft: PlanDraft): PlanInput {
  return {
    name: draft.name,
    ticket: {
      subject: draft.subject,
      description: draft.description,
      typeId: draft.typeId,
      priorityId: draft.priorityId,
      companyId: draft.mode === 'none' ? (draft.company?.id ?? null) : null,
      contactId: draft.mode === 'none' ? draft.contactId : null,
      teamId: draft.team?.id ?? null,
      assigneeId: draft.assignee?.id ?? null,
      plannedSeconds: draft.plannedSeconds || null,
      deadlineSeconds: draft.deadlineSeconds || null,
      customFields: draft.customFields,
    },
    ...datesInputOf(draft),
    objects: objectsInputOf(draft),
    fanOut: draft.fanOut,
    checklistTemplateId: draft.checklistTemplateId,
    catchUp: draft.catchUp,
  };
}
