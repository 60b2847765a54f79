import { FileView } from '@opora/platform/files';
import { ApiProperty } from '@nestjs/swagger';
import { APPROVAL_STATES, type ApprovalState, type Decision, DECISIONS } from './approval-flow';
import { ApprovalTicketRef } from './approval-refs.dto';
import { CURRENCIES, type Currency } from './route-choice';
import { NULLABLE_MONEY } from './approval-text';

export class ApprovalLabelView {
  label: string;
}

export class SharedApprovalDocumentView {
  @ApiProperty({ type: String, nullable: true })
  kind: string | null;
  file: FileView;
}

export class LinkApprovalView {
  number: number;
  title: string;
  text: string;
  kind: ApprovalLabelView;
  @ApiProperty(NULLABLE_MONEY)
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
  /** Name of whoever asks. */
  initiator: string;
  /** Name of whoever is asked: the link is his alone. */
  person: string;
  askedAt: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  isOverdue: boolean;
  documents: SharedApprovalDocumentView[];
  /** Kinds of documents without which there is no yes: they are attached in the request itself. */
  missing: ApprovalLabelView[];
  @ApiProperty({ enum: DECISIONS, isArray: true })
  decisions: Decision[];
  /** To be sent with the decision. */
  confirmation: string;
}

export class LinkDecisionView {
  @ApiProperty({ enum: DECISIONS })
  decision: Decision;
  @ApiProperty({ enum: APPROVAL_STATES })
  state: ApprovalState;
}

export const PORTAL_APPROVAL_STATES = ['asked', 'approved', 'declined', 'returned', 'over'] as const;
export type PortalApprovalState = (typeof PORTAL_APPROVAL_STATES)[number];

export class PortalApprovalRowView {
  id: string;
  number: number;
  title: string;
  kind: ApprovalLabelView;
  @ApiProperty(NULLABLE_MONEY)
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
  /** What became of my step; `over`: decided without me. */
  @ApiProperty({ enum: PORTAL_APPROVAL_STATES })
  state: PortalApprovalState;
  askedAt: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  isOverdue: boolean;
  @ApiProperty({ type: String, nullable: true })
  decidedAt: string | null;
  /** The ticket it is about, where I see it. */
  @ApiProperty({ type: ApprovalTicketRef, nullable: true })
  ticket: ApprovalTicketRef | null;
}

export class PortalApprovalView extends PortalApprovalRowView {
  text: string;
  /** Name of whoever asks. */
  initiator: string;
  /** What I wrote. */
  comment: string;
  documents: SharedApprovalDocumentView[];
  /** What I may decide now; null when it is not my turn any more. */
  @ApiProperty({ enum: DECISIONS, isArray: true, nullable: true })
  decisions: Decision[] | null;
}

export class PortalApprovalCountsView {
  open: number;
}
