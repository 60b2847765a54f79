import type { Locale } from '@opora/platform/context';
import type { StageMode, StageOrder } from './approval-flow';
import type { Delegation, Term } from './approval-terms';

export type LocalText = Record<Locale, string>;

/** How a stage names its approvers; people are found when a request starts, and stay. */
export const APPROVER_SOURCES = [
  'employee',
  'role',
  'team_lead',
  'managers',
  'client_admin',
  'ticket_contact',
  'initiator',
] as const;
export type ApproverSource = (typeof APPROVER_SOURCES)[number];
export type Approver = {
  by: ApproverSource;
  employeeId?: string | null;
  /** Every holder of the role. */
  roleId?: string | null;
  /** Null: the team of the ticket, else that of the initiator. */
  teamId?: string | null;
  /** Managers of the initiator, the nearest first: so many levels. */
  levels?: number | null;
  /** … or up to a holder of this role, inclusive. */
  upToRoleId?: string | null;
};

/** Who gives a document that a stage demands. */
export const DOCUMENT_GIVERS = ['initiator', 'approver', 'anyone'] as const;
export type DocumentGiver = (typeof DOCUMENT_GIVERS)[number];
export type DemandedDocument = { kindId: string; by: DocumentGiver };

/** What happens at the start when a stage finds nobody. */
export const IF_NOBODY = ['refuse', 'skip'] as const;

export type Stage = {
  id: string;
  name: LocalText;
  mode: StageMode;
  k: number | null;
  order: StageOrder;
  approvers: Approver[];
  term: Term | null;
  remindBefore: number[];
  escalate: { afterSeconds: number; to: Approver } | null;
  delegate: Delegation;
  documents: DemandedDocument[];
  ifNobody: (typeof IF_NOBODY)[number];
  allowsReturn: boolean;
};
export type Executor = { who: Approver; text: LocalText };
export type RouteDefinition = {
  stages: Stage[];
  copies: Approver[];
  executors: Executor[];
  /** Whoever has said yes is not asked again in a later stage; told in the sheet. */
  mergesRepeated: boolean;
  /** Where a returned request goes on. A changed amount or text always begins anew. */
  returnsTo: 'start' | 'stage';
  /** A request must stand on an approved one («на основании»). */
  needsBase: boolean;
};

export type DefinitionProblem = { pointer: string; code: string };

/** What is wrong with a route by itself; what it names is asked apart. */
export function definitionProblems({ stages, copies, executors }: RouteDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const say = (pointer: string, code: string): void => void problems.push({ pointer, code });
  const approver = (at: string, one: Approver, isAsked: boolean): void => {
    if (one.by === 'employee' && !one.employeeId) say(`${at}/employeeId`, 'validation.isUuid');
    if (one.by === 'role' && !one.roleId) say(`${at}/roleId`, 'validation.isUuid');
    if (isAsked && one.by === 'initiator') say(`${at}/by`, 'approvals.initiatorAsked');
  };
  const isClient = ({ by }: Approver): boolean => by === 'client_admin' || by === 'ticket_contact';
  for (const [index, stage] of stages.entries()) {
    const at = `/definition/stages/${index}`;
    if (stages.findIndex(({ id }) => id === stage.id) < index) say(`${at}/id`, 'approvals.stageTwice');
    if (stage.mode === 'k_of_n' && stage.k === null) say(`${at}/k`, 'approvals.kRequired');
    if (stage.term?.time === 'working' && !stage.term.calendarId)
      say(`${at}/term/calendarId`, 'approvals.calendarRequired');
    for (const [nth, seconds] of stage.remindBefore.entries())
      if (!stage.term || seconds >= stage.term.seconds) say(`${at}/remindBefore/${nth}`, 'approvals.reminderTooEarly');
    if (stage.escalate && !stage.term) say(`${at}/escalate`, 'approvals.termRequired');
    for (const [nth, one] of stage.approvers.entries()) approver(`${at}/approvers/${nth}`, one, true);
    if (stage.escalate) approver(`${at}/escalate/to`, stage.escalate.to, false);
    if (stage.escalate && isClient(stage.escalate.to)) say(`${at}/escalate/to/by`, 'approvals.notForClients');
  }
  for (const [index, one] of copies.entries()) {
    approver(`/definition/copies/${index}`, one, false);
    if (isClient(one)) say(`/definition/copies/${index}/by`, 'approvals.notForClients');
  }
  for (const [index, { who }] of executors.entries()) {
    approver(`/definition/executors/${index}/who`, who, false);
    if (isClient(who)) say(`/definition/executors/${index}/who/by`, 'approvals.notForClients');
  }
  return problems;
}

/** Every approver that a definition names, with where it stands. */
export function approversOf({ stages, copies, executors }: RouteDefinition): { at: string; who: Approver }[] {
  return [
    ...stages.flatMap((stage, index) => [
      ...stage.approvers.map((who, nth) => ({ at: `/definition/stages/${index}/approvers/${nth}`, who })),
      ...(stage.escalate ? [{ at: `/definition/stages/${index}/escalate/to`, who: stage.escalate.to }] : []),
    ]),
    ...copies.map((who, index) => ({ at: `/definition/copies/${index}`, who })),
    ...executors.map(({ who }, index) => ({ at: `/definition/executors/${index}/who`, who })),
  ];
}
