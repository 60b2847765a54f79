import { ApiProperty } from '@nestjs/swagger';
import { APPROVAL_STATES, type ApprovalState, type FlowPerson } from './approval-flow';

export class ApprovalPersonView {
  @ApiProperty({ enum: ['employee', 'contact'] })
  kind: FlowPerson['kind'];
  id: string;
  name: string;
  @ApiProperty({ type: String, nullable: true })
  position: string | null;
}

export class ApprovalRef {
  id: string;
  label: string;
}

export class ApprovalTicketRef {
  id: string;
  number: number;
  subject: string;
}

export class ApprovalLinkRef {
  id: string;
  number: number;
  title: string;
  @ApiProperty({ enum: APPROVAL_STATES })
  state: ApprovalState;
}

export class ApprovalReferenceView extends ApprovalLinkRef {
  createdAt: string;
}

export class ApprovalWaitView {
  person: ApprovalPersonView;
  askedAt: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  isOverdue: boolean;
}
