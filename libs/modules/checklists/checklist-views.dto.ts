import { ApiProperty } from '@nestjs/swagger';
import {
  AXES,
  type Axis,
  ITEM_KINDS,
  type ItemKind,
  MARK_STATES,
  type MarkState,
  RESULT_KINDS,
  type ResultKind,
} from './checklist-item';
import { ResultLimitsInput } from './checklist-items.dto';
import { PERSON_KINDS, type PersonKind } from './checklist-people';
import { ChecklistNameRef } from './checklist-templates.dto';

export class ChecklistSubjectView {
  id: string;
  @ApiProperty({ enum: ['contact', 'employee', 'object', 'named'] })
  kind: 'contact' | 'employee' | 'object' | 'named';
  refId: string | null;
  name: string;
}

export class ChecklistItemView {
  id: string;
  @ApiProperty({ enum: ITEM_KINDS })
  kind: ItemKind;
  title: string;
  hint: string;
  isRequired: boolean;
  requiredTo: string[];
  requiredFrom: string[];
  isClientVisible: boolean;
  @ApiProperty({ enum: RESULT_KINDS })
  resultKind: ResultKind;
  resultLimits: ResultLimitsInput;
  assignee: ChecklistNameRef | null;
  plannedSeconds: number | null;
  version: number;
}

export class ChecklistFileView {
  id: string;
  name: string;
  mime: string;
  size: number;
  /** Lives five minutes. */
  url: string;
}

export class ChecklistPersonRef {
  @ApiProperty({ enum: PERSON_KINDS })
  kind: PersonKind;
  id: string | null;
  name: string;
}

export class ChecklistMarkView {
  itemId: string;
  subjectId: string | null;
  @ApiProperty({ enum: MARK_STATES })
  state: MarkState;
  @ApiProperty({ nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }] })
  result: string | number | null;
  files: ChecklistFileView[];
  reason: string;
  by: ChecklistPersonRef;
  at: string;
}

/** How many cells are ticked, and how many of the required ones. */
export class ChecklistProgressView {
  done: number;
  total: number;
  requiredDone: number;
  required: number;
}

/** What a request has ticked; cells that were cleared are not among the marks. */
export class ChecklistMarksView {
  checklistId: string;
  marks: ChecklistMarkView[];
  progress: ChecklistProgressView;
}

export class ChecklistView {
  id: string;
  ticketId: string;
  templateId: string | null;
  name: string;
  @ApiProperty({ enum: AXES, nullable: true })
  axis: Axis | null;
  subjects: ChecklistSubjectView[];
  items: ChecklistItemView[];
  marks: ChecklistMarkView[];
  progress: ChecklistProgressView;
  isAutomatic: boolean;
  version: number;
  createdAt: string;
}

export class PortalChecklistItemView {
  id: string;
  @ApiProperty({ enum: ITEM_KINDS })
  kind: ItemKind;
  title: string;
}

export class PortalChecklistMarkView {
  itemId: string;
  subjectId: string | null;
  @ApiProperty({ enum: MARK_STATES })
  state: MarkState;
  @ApiProperty({ nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }] })
  result: string | number | null;
  files: ChecklistFileView[];
  at: string;
}

/** What a client sees of a checklist. */
export class PortalChecklistView {
  id: string;
  name: string;
  subjects: ChecklistNameRef[];
  items: PortalChecklistItemView[];
  marks: PortalChecklistMarkView[];
  done: number;
  total: number;
}
