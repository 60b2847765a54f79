import type { Condition } from '@opora/modules/fields';
import type { StatusCategory } from '@opora/modules/tickets';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Reaction, SlaMetric } from './sla-story';

export const ESCALATION_KINDS = ['assignee', 'team_lead', 'team', 'employee'] as const;
export const OBJECT_CALENDAR_MODES = ['ignore', 'intersect'] as const;
export const ON_CHANGE = ['keep', 'recount', 'from_change'] as const;
export const ON_CALENDAR_CHANGE = ['from_now_on', 'recalculate'] as const;

/** A share of the time in percent, or so many working seconds before the end. */
export type SlaWarning = { percent: number } | { beforeSeconds: number };
export type SlaEscalation = { kind: (typeof ESCALATION_KINDS)[number]; id?: string };

/** One promise of a policy. */
export type PolicyMetric = {
  metric: SlaMetric;
  seconds: number;
  /** Other hours than the policy's. */
  calendarId: string | null;
  /** The clock stands in statuses of these categories… */
  pauseCategories: StatusCategory[];
  /** …and in these statuses. */
  pauseStatusIds: string[];
  pausesWhenPutAside: boolean;
  /** Only for `dwell`: the statuses that are watched. */
  statusIds: string[];
  /** Only for `reaction`: what counts as one. */
  reactionOn: Reaction;
  warnings: SlaWarning[];
  escalateTo: SlaEscalation[];
};

/** What becomes of running clocks when something they rest on changes. */
export type PolicyOnChange = {
  type: (typeof ON_CHANGE)[number];
  priority: (typeof ON_CHANGE)[number];
  client: (typeof ON_CHANGE)[number];
  policy: (typeof ON_CHANGE)[number];
  calendar: (typeof ON_CALENDAR_CHANGE)[number];
};

/** What is promised, and to whom. */
export type PolicyDefinition = {
  name: string;
  isActive: boolean;
  when: Condition;
  calendarId: string;
  objectCalendarMode: (typeof OBJECT_CALENDAR_MODES)[number];
  metrics: PolicyMetric[];
  onChange: PolicyOnChange;
};

/** A set of promises bound to a condition; of all policies, the first that matches counts. */
@Entity('sla_policy')
@Index('sla_policy_position_idx', ['position'])
export class SlaPolicy implements PolicyDefinition {
  @Id()
  id: string;

  @Column('text')
  name: string;

  @Column('int')
  position: number;

  @Column('boolean')
  isActive: boolean;

  @Column('jsonb')
  when: Condition;

  @Column('uuid')
  calendarId: string;

  @Column('text')
  objectCalendarMode: (typeof OBJECT_CALENDAR_MODES)[number];

  @Column('jsonb')
  metrics: PolicyMetric[];

  @Column('jsonb')
  onChange: PolicyOnChange;

  @Column('int')
  version: number;

  /** A policy that is gone from the list is kept for the tickets it promised something to. */
  @Timestamp({ nullable: true })
  archivedAt: Date | null;

  @Timestamp()
  createdAt: Date;

  @Timestamp()
  updatedAt: Date;
}

/** What a policy said at a version. Never changed. */
@Entity('sla_policy_version')
export class SlaPolicyVersion {
  @PrimaryColumn('uuid')
  policyId: string;

  @PrimaryColumn('int')
  version: number;

  @Column('jsonb')
  definition: PolicyDefinition;

  @Column('uuid', { nullable: true })
  changedById: string | null;

  @Timestamp()
  createdAt: Date;
}
