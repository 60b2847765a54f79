import type { FieldProblem, Schemas } from '@opora/client';

export type ApprovalRoute = Schemas['ApprovalRouteView'];
export type RouteVersion = Schemas['ApprovalRouteVersionView'];
export type RouteInput = Schemas['CreateApprovalRoute'];
export type Approver = Schemas['ApproverView'];
export type RouteStage = Schemas['RouteStageView'];
export type RouteDefinition = Schemas['RouteDefinitionView'];
export type RouteExecutor = RouteDefinition['executors'][number];
export type Threshold = Schemas['ThresholdView'];
export type ApprovalIndex = Schemas['ApprovalIndexView'];

export const APPROVERS = ['role', 'employee', 'managers', 'team_lead', 'client_admin', 'ticket_contact'] as const;
/** Who may read along, do what was decided or be told of a delay: employees. */
export const READERS = ['role', 'employee', 'managers', 'team_lead', 'initiator'] as const;

/** A route while it is written. */
export type RouteDraft = {
  name: { ru: string; en: string };
  kindId: string;
  over: Threshold | null;
  upTo: Threshold | null;
  definition: RouteDefinition;
};

const NEW_STAGE = 'new-';
const DAY = 86_400;

export const newApprover = (by: Approver['by']): Approver => ({
  by,
  employeeId: null,
  roleId: null,
  teamId: null,
  levels: by === 'managers' ? 1 : null,
  upToRoleId: null,
  label: '',
});

/** A stage that is not saved yet; its id is known to the screen alone. */
export const newStage = (stages: RouteStage[]): RouteStage => ({
  id: `${NEW_STAGE}${1 + Math.max(0, ...stages.map(({ id }) => (id.startsWith(NEW_STAGE) ? Number(id.slice(4)) : 0)))}`,
  name: { ru: '', en: '' },
  mode: 'all',
  k: null,
  order: 'parallel',
  approvers: [newApprover('role')],
  term: { seconds: DAY, time: 'plain', calendarId: null },
  remindBefore: [],
  escalate: null,
  delegate: 'absent',
  documents: [],
  ifNobody: 'refuse',
  allowsReturn: true,
});

export const draftOf = (route: ApprovalRoute | RouteVersion | null, kindId: string): RouteDraft =>
  route
    ? { name: route.name, kindId, over: route.over, upTo: route.upTo, definition: route.definition }
    : {
        name: { ru: '', en: '' },
        kindId,
        over: null,
        upTo: null,
        definition: {
          stages: [newStage([])],
          copies: [],
          executors: [],
          mergesRepeated: false,
          returnsTo: 'stage',
          needsBase: false,
        },
      };

type Name = { ru: string; en: string };
/** A name that was written in one language serves in the other. */
const named = ({ ru, en }: Name): Name => ({ ru: ru.trim() || en.trim(), en: en.trim() || ru.trim() });

const approverInput = ({ by, employeeId, roleId, teamId, levels, upToRoleId }: Approver) => ({
  by,
  ...(by === 'employee' && { employeeId }),
  ...(by === 'role' && { roleId }),
  ...(by === 'team_lead' && { teamId }),
  ...(by === 'managers' && { levels, upToRoleId }),
});

function stageInput(stage: RouteStage): RouteInput['definition']['stages'][number] {
  const { id, name, mode, k, approvers, term, remindBefore, escalate, ...rest } = stage;
  return {
    ...rest,
    ...(!id.startsWith(NEW_STAGE) && { id }),
    name: named(name),
    mode,
    k: mode === 'k_of_n' ? k : null,
    approvers: approvers.map(approverInput),
    term: term && { ...term, calendarId: term.time === 'working' ? term.calendarId : null },
    remindBefore: term ? remindBefore : [],
    escalate: term && escalate && { ...escalate, to: approverInput(escalate.to) },
  };
}

const amountOf = (threshold: Threshold | null): Threshold | null =>
  threshold && { ...threshold, value: threshold.value.replace(/\s/g, '').replace(',', '.') };

/** What is sent: without words, without what the chosen kinds of approvers and terms do not use. */
export function inputOf({ name, kindId, over, upTo, definition }: RouteDraft): RouteInput {
  const { stages, copies, executors, ...rules } = definition;
  return {
    name: named(name),
    kindId,
    over: amountOf(over),
    upTo: amountOf(upTo),
    definition: {
      ...rules,
      stages: stages.map(stageInput),
      copies: copies.map(approverInput),
      executors: executors.map(({ who, text }) => ({ who: approverInput(who), text: named(text) })),
    },
  };
}

/** «МРП (месячный расчётный показатель)» is «МРП» in a row. */
const shortName = (label: string): string => label.replace(/\s*\(.*\)$/, '');

type Limits = { key: 'any' | 'upTo' | 'over' | 'between'; from: string; to: string };

/** For which amounts a route is: «100–500 МРП». */
export function limitsOf(over: Threshold | null, upTo: Threshold | null, indexes: ApprovalIndex[]): Limits {
  const unit = ({ in: kind, indexId }: Threshold): string =>
    kind === 'index' ? ` ${shortName(indexes.find(({ id }) => id === indexId)?.label ?? '')}` : '';
  const words = (one: Threshold | null): string => (one ? `${one.value}${unit(one)}` : '');
  if (!over || !upTo) return { key: over ? 'over' : upTo ? 'upTo' : 'any', from: words(over), to: words(upTo) };
  return { key: 'between', from: unit(over) === unit(upTo) ? over.value : words(over), to: words(upTo) };
}

/** The refusals that belong to a place of the route or to anything inside it. */
export function messageAt(problems: FieldProblem[], place: string): string | undefined {
  const found = problems.filter(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`));
  return found.length ? [...new Set(found.map(({ message }) => message))].join(' ') : undefined;
}
