import { ApiProperty } from '@nestjs/swagger';
import { type Shift, SHIFTS } from './planned-dates';
import {
  CATCH_UPS,
  type CatchUp,
  FAN_OUTS,
  type FanOut,
  OBJECT_MODES,
  type ObjectMode,
  type PlannedTicket,
} from './planned-ticket.entity';

export class PlanRef {
  id: string;
  name: string;
}

export class PlanAfterDoneView {
  days: number;
}

export class PlanRuleView {
  @ApiProperty({ type: String, nullable: true })
  rrule: string | null;
  @ApiProperty({ type: PlanAfterDoneView, nullable: true })
  afterDone: PlanAfterDoneView | null;
  dtstart: string;
  timeZone: string;
  rdates: string[];
  exdates: string[];
}

export class PlannedContentView {
  subject: string;
  description: string;
  @ApiProperty({ type: PlanRef, nullable: true })
  type: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  priority: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  company: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  contact: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  team: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  assignee: PlanRef | null;
  @ApiProperty({ type: Number, nullable: true })
  plannedSeconds: number | null;
  @ApiProperty({ type: Number, nullable: true })
  deadlineSeconds: number | null;
  @ApiProperty({ type: 'object', additionalProperties: true } as never)
  customFields: Record<string, unknown>;
}

export class PlanObjectsView {
  @ApiProperty({ enum: OBJECT_MODES })
  mode: ObjectMode;
  /** Listed objects, the first 200 by name; `count` tells how many there are. */
  listed: PlanRef[];
  ids: string[];
  companies: PlanRef[];
  categories: PlanRef[];
  under: PlanRef[];
  kinds: string[];
  /** How many objects it is for at present. */
  count: number;
}

export class PlannedTicketRowView {
  id: string;
  name: string;
  isActive: boolean;
  subject: string;
  rule: PlanRuleView;
  @ApiProperty({ enum: SHIFTS })
  shift: Shift;
  @ApiProperty({ enum: OBJECT_MODES })
  objectMode: ObjectMode;
  @ApiProperty({ enum: FAN_OUTS })
  fanOut: FanOut;
  leadSeconds: number;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  nextAt: string | null;
  /** Tickets of the next date. */
  nextCount: number;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastAt: string | null;
  /** Dates whose ticket could not be made. */
  failed: number;
  @ApiProperty({ type: PlanRef, nullable: true })
  assignee: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  team: PlanRef | null;
  version: number;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  archivedAt: string | null;
}

export class PlannedTicketView extends PlannedTicketRowView {
  ticket: PlannedContentView;
  objects: PlanObjectsView;
  @ApiProperty({ type: PlanRef, nullable: true })
  calendar: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  checklistTemplate: PlanRef | null;
  @ApiProperty({ enum: CATCH_UPS })
  catchUp: CatchUp;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  until: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class PlanSampleObject extends PlanRef {
  @ApiProperty({ type: String })
  company: string;
}

export class PlanObjectsCheckView {
  count: number;
  sample: PlanSampleObject[];
}

export class PlanChangesView {
  /** Dates laid out that come to be, go away, and stay; dates of a group or without objects count once, others once for each object. */
  added: number;
  removed: number;
  kept: number;
  /** Tickets made already: they stay as they are. */
  made: number;
  /** Until when dates are laid out. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  until: string | null;
}

export class PlanCheckView {
  objects: PlanObjectsCheckView;
  changes: PlanChangesView;
}

export type PlanRow = PlannedTicket & {
  nextPlannedAt: Date | null;
  nextCount: number;
  lastAt: Date | null;
  failed: number;
  assignee: PlanRef | null;
  team: PlanRef | null;
};
export type PlanCard = PlanRow & {
  names: Record<'type' | 'priority' | 'company' | 'contact' | 'calendar' | 'checklistTemplate', PlanRef | null>;
  listed: PlanRef[];
  companies: PlanRef[];
  categories: PlanRef[];
  under: PlanRef[];
  objectCount: number;
};

const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

export const toPlanRowView = (row: PlanRow): PlannedTicketRowView => ({
  id: row.id,
  name: row.name,
  isActive: row.isActive,
  subject: row.ticket.subject,
  rule: {
    rrule: row.rule.rrule,
    afterDone: row.rule.afterDone,
    dtstart: row.rule.dtstart,
    timeZone: row.rule.timeZone,
    rdates: row.rule.rdates,
    exdates: row.rule.exdates,
  },
  shift: row.shift,
  objectMode: row.objects.mode,
  fanOut: row.fanOut,
  leadSeconds: row.leadSeconds,
  nextAt: moment(row.nextPlannedAt),
  nextCount: row.nextCount,
  lastAt: moment(row.lastAt),
  failed: row.failed,
  assignee: row.assignee,
  team: row.team,
  version: row.version,
  archivedAt: moment(row.archivedAt),
});

export const toPlanView = (row: PlanCard): PlannedTicketView => ({
  ...toPlanRowView(row),
  ticket: {
    subject: row.ticket.subject,
    description: row.ticket.description,
    type: row.names.type,
    priority: row.names.priority,
    company: row.names.company,
    contact: row.names.contact,
    team: row.team,
    assignee: row.assignee,
    plannedSeconds: row.ticket.plannedSeconds,
    deadlineSeconds: row.ticket.deadlineSeconds,
    customFields: row.ticket.customFields,
  },
  objects: {
    mode: row.objects.mode,
    listed: row.listed,
    ids: row.objects.ids,
    companies: row.companies,
    categories: row.categories,
    under: row.under,
    kinds: row.objects.kinds,
    count: row.objectCount,
  },
  calendar: row.names.calendar,
  checklistTemplate: row.names.checklistTemplate,
  catchUp: row.catchUp,
  until: moment(row.until),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
