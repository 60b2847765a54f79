import { defineEvent } from '@opora/platform/events';
import type { ApprovalState, Decision, FlowPerson } from './approval-flow';

/** What every event of an approval says; `to` is whom it concerns. */
export type ApprovalFacts = {
  approvalId: string;
  number: number;
  title: string;
  ticketId: string | null;
  to: FlowPerson[];
  /** Who did it; null: time has passed. */
  by: FlowPerson | null;
};

/** Somebody's decision is wanted from now on. `stepIds` stand in the order of `to`. */
export const ApprovalAsked = defineEvent<ApprovalFacts & { stepIds: string[]; dueAt: (string | null)[] }>(
  'approval.asked',
);
/** The end of somebody's term comes near. */
export const ApprovalReminded = defineEvent<ApprovalFacts & { stepIds: string[]; dueAt: string }>('approval.reminded');
/** A term has passed: `to` are the approver and the initiator, `escalatedTo` whom the route tells further up, at its own moment. */
export const ApprovalOverdue = defineEvent<
  ApprovalFacts & { stepId: string; person: FlowPerson; dueAt: string; isEscalation: boolean }
>('approval.overdue');
/** Somebody has decided; `to` is the initiator. */
export const ApprovalDecided = defineEvent<ApprovalFacts & { decision: Decision; comment: string; stage: number }>(
  'approval.decided',
);
/** It went back to the initiator. */
export const ApprovalReturned = defineEvent<ApprovalFacts & { reason: string }>('approval.returned');
/** It is over; `to` are the initiator and those who read along. */
export const ApprovalFinished = defineEvent<ApprovalFacts & { state: ApprovalState; kindId: string }>(
  'approval.finished',
);
/** Somebody has something to do after the last yes. */
export const ApprovalTaskGiven = defineEvent<ApprovalFacts & { tasks: { employeeId: string; taskId: string }[] }>(
  'approval.taskGiven',
);
/** Nobody is left who could decide: `to` are the initiator and those who may hand steps over. */
export const ApprovalStuck = defineEvent<ApprovalFacts & { stepId: string; person: FlowPerson }>('approval.stuck');
