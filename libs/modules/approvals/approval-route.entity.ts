import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Currency, IndexValue, Threshold } from './route-choice';
import type { LocalText, RouteDefinition } from './route-definition';

/** Kinds of requests, kinds of documents, roles of approvers. */
export const CATALOGUES = ['kind', 'document', 'role'] as const;
export type Catalogue = (typeof CATALOGUES)[number];

/** One entry of a catalogue that routes are made of. */
@Entity('approval_item')
@Index('approval_item_order_idx', ['catalogue', 'position', 'id'])
@Index('approval_item_code_key', { synchronize: false })
export class ApprovalItem {
  @Id() id: string;
  @Column('text') catalogue: Catalogue;
  /** Of what was shipped; null of one's own. */
  @Column('text', { nullable: true }) code: string | null;
  @Column('jsonb') name: LocalText;
  @Column('int') position: number;
  @Column('boolean', { default: true }) isActive: boolean;
  /** Of a role: who holds it. */
  @Column('uuid', { array: true, default: [] }) holderIds: string[];
}

/** A value that the state sets from time to time, such as the monthly calculation index. */
@Entity('approval_index')
@Index('approval_index_code_key', { synchronize: false })
export class ApprovalIndex {
  @Id() id: string;
  @Column('text', { nullable: true }) code: string | null;
  @Column('jsonb') name: LocalText;
  @Column('text') currency: Currency;
  /** Values in hundredths, each from a day on; ordered by it. */
  @Column('jsonb') values: IndexValue[];
  @Timestamp() updatedAt: Date;
}

/** A template of the way a request goes. */
@Entity('approval_route')
@Index('approval_route_order_idx', ['position', 'id'])
@Index('approval_route_code_key', { synchronize: false })
export class ApprovalRoute {
  @Id() id: string;
  @Column('text', { nullable: true }) code: string | null;
  @Column('jsonb') name: LocalText;
  @Column('uuid') kindId: string;
  @Column('boolean', { default: true }) isActive: boolean;
  @Column('int') position: number;
  @Column('int', { default: 1 }) version: number;
  /** Chosen for amounts above this. */
  @Column('jsonb', { nullable: true }) over: Threshold | null;
  /** … and up to this, inclusive. */
  @Column('jsonb', { nullable: true }) upTo: Threshold | null;
  @Column('jsonb') definition: RouteDefinition;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}

/** A route as it was at a version; never changes. */
@Entity('approval_route_version')
export class ApprovalRouteVersion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_approval_route_version' }) routeId: string;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'PK_approval_route_version' }) version: number;
  @Column('jsonb') name: LocalText;
  @Column('jsonb', { nullable: true }) over: Threshold | null;
  @Column('jsonb', { nullable: true }) upTo: Threshold | null;
  @Column('jsonb') definition: RouteDefinition;
  @Column('uuid', { nullable: true }) savedById: string | null;
  @Timestamp() savedAt: Date;
}

/** One row. */
@Entity('approval_settings')
export class ApprovalSettings {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'PK_approval_settings' }) id: number;
  @Column('text', { default: 'KZT' }) currency: Currency;
  @Timestamp() updatedAt: Date;
}

/** What a schedule asks for when its day comes. */
export type ScheduledRequest = {
  kindId: string | null;
  routeId: string | null;
  title: string;
  text: string;
  amount: number | null;
  currency: Currency;
  basedOnId: string | null;
};

/** Requests that begin by themselves, such as bills of every month. */
@Entity('approval_schedule')
@Index('approval_schedule_due_idx', { synchronize: false })
export class ApprovalSchedule {
  @Id() id: string;
  @Column('text') name: string;
  @Column('boolean', { default: true }) isActive: boolean;
  /** RFC 5545, without DTSTART. */
  @Column('text') rrule: string;
  /** First day; the rule counts from it. */
  @Column('date') startsOn: string;
  /** Local time of day, HH:MM. */
  @Column('text') time: string;
  @Column('text') timeZone: string;
  @Column('uuid') initiatorId: string;
  @Column('jsonb') request: ScheduledRequest;
  @Timestamp({ nullable: true }) nextAt: Date | null;
  @Timestamp({ nullable: true }) lastAt: Date | null;
  @Column('uuid', { nullable: true }) lastApprovalId: string | null;
  /** Why the last one could not begin. */
  @Column('text', { nullable: true }) lastProblem: string | null;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
}
