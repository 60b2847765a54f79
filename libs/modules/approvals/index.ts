export { ApprovalMoments } from './approval-moments.service';
export { ApprovalSeed } from './approvals.seed';
export { ApprovalsModule } from './approvals.module';
export { Approvals } from './approvals.service';
export { type ApprovalState, type FlowPerson } from './approval-flow';
export * from './approvals.events';
