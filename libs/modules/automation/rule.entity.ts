import type { Condition } from '@opora/modules/fields';
import type { StoredAction } from '@opora/modules/macros';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RuleTrigger } from './rule-trigger';

/** What a rule says: when it is asked, under which condition, what it does. */
export type RuleDefinition = {
  name: string;
  description: string | null;
  isActive: boolean;
  trigger: RuleTrigger;
  when: Condition;
  actions: StoredAction[];
  /** After this rule has fired, no later one is asked about the same event. */
  stopsOthers: boolean;
};

/** «When …, if …, do …». Rules stand in one order and are asked one after the other. */
@Entity('rule')
@Index('rule_number_key', ['number'], { unique: true })
@Index('rule_position_idx', { synchronize: false })
@Index('rule_revision_idx', ['revision'])
@Index('rule_next_idx', { synchronize: false })
export class Rule implements RuleDefinition {
  @Id() id: string;
  /** What people call it by: never given twice. */
  @Column('int') number: number;
  @Column('text') name: string;
  @Column('text', { nullable: true }) description: string | null;
  @Column('int') position: number;
  @Column('boolean') isActive: boolean;
  @Column('int') version: number;
  /** Grows with every change of any rule: the newest tells processes that theirs are old. */
  @Column('bigint') revision: string;
  @Column('jsonb') trigger: RuleTrigger;
  @Column('jsonb') when: Condition;
  @Column('jsonb') actions: StoredAction[];
  @Column('boolean', { default: false }) stopsOthers: boolean;
  /** Moments before it are none of this rule's business. */
  @Timestamp({ nullable: true }) activeSince: Date | null;
  /** Of a schedule: its next time. */
  @Timestamp({ nullable: true }) nextAt: Date | null;
  /** A rule that is gone is kept for what it has done. */
  @Timestamp({ nullable: true }) archivedAt: Date | null;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}

/** What a rule said at a version. The database refuses to change it. */
@Entity('rule_version')
export class RuleVersion {
  @PrimaryColumn('uuid') ruleId: string;
  @PrimaryColumn('int') version: number;
  @Column('jsonb') definition: RuleDefinition;
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid', { nullable: true }) changedById: string | null;
  @Timestamp() createdAt: Date;
}

/** `fired`: all its actions happened. `failed`: none did. `stopped`: it would have gone on without end. */
export const FIRING_OUTCOMES = ['fired', 'failed', 'stopped'] as const;
export type FiringOutcome = (typeof FIRING_OUTCOMES)[number];

/** What a rule saw and did: the values its condition asked for, the ticket's versions before and after. */
export type FiringTrace = {
  event: string;
  facts: Record<string, unknown>;
  versions?: [before: number, after: number];
};
/** Why a rule failed or was stopped, in both languages. */
export type FiringReason = { code: string; action: number | null; ru: string; en: string };

/** A rule met an event: once for each, whatever is repeated. */
@Entity('rule_firing')
@Index('rule_firing_once_key', ['ruleId', 'eventId'], { unique: true })
@Index('rule_firing_rule_idx', ['ruleId', 'id'])
@Index('rule_firing_ticket_idx', ['ticketId', 'at'])
export class RuleFiring {
  @Id() id: string;
  @Column('uuid') ruleId: string;
  @Column('int') ruleVersion: number;
  @Column('uuid') ticketId: string;
  @Column('uuid') eventId: string;
  @Column('smallint') depth: number;
  @Timestamp() at: Date;
  @Column('text') outcome: FiringOutcome;
  @Column('jsonb', { nullable: true }) reason: FiringReason | null;
  @Column('jsonb') trace: FiringTrace;
}

/** When a rule of time is to look at a ticket. */
@Entity('rule_moment')
@Index('rule_moment_once_key', ['ticketId', 'ruleId', 'baseAt'], { unique: true })
@Index('rule_moment_due_idx', { synchronize: false })
@Index('rule_moment_rule_idx', { synchronize: false })
export class RuleMoment {
  @Id() id: string;
  @Column('uuid') ruleId: string;
  @Column('uuid') ticketId: string;
  /** What the time counts from: a moment of the ticket is told once. */
  @Timestamp() baseAt: Date;
  @Timestamp() dueAt: Date;
  @Timestamp({ nullable: true }) toldAt: Date | null;
}

/** `depth`: the chain was too long; `rate`: too often on this ticket; `ticket_rate`: all rules together too often on it. */
export const ALARM_KINDS = ['depth', 'rate', 'ticket_rate'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** A rule was stopped on a ticket; open until a person says it is settled. */
@Entity('rule_alarm')
@Index('rule_alarm_open_key', { synchronize: false })
export class RuleAlarm {
  @Id() id: string;
  @Column('uuid') ruleId: string;
  @Column('uuid') ticketId: string;
  @Column('text') kind: AlarmKind;
  /** The limit it ran into. */
  @Column('int') limit: number;
  @Column('int', { default: 1 }) count: number;
  /** The firings before it, the last first: who called whom. */
  @Column('jsonb') chain: { ruleId: string; at: string; depth: number }[];
  @Timestamp() raisedAt: Date;
  @Timestamp() lastAt: Date;
  @Timestamp({ nullable: true }) resolvedAt: Date | null;
  @Column('uuid', { nullable: true }) resolvedById: string | null;
}

export const WEBHOOK_STATES = ['waiting', 'delivered', 'failed'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** A request to an outside system: what was sent, what it said. */
@Entity('webhook_delivery')
@Index('webhook_delivery_rule_idx', ['ruleId', 'id'])
export class WebhookDelivery {
  @Id() id: string;
  @Column('uuid', { nullable: true }) ruleId: string | null;
  @Column('uuid') ticketId: string;
  @Column('text') url: string;
  /** Sealed; what the request is signed with. */
  @Column('text', { nullable: true }) secret: string | null;
  @Column('text') body: string;
  @Column('text') state: WebhookState;
  @Column('int', { default: 0 }) attempts: number;
  @Column('int', { nullable: true }) responseStatus: number | null;
  @Column('text', { nullable: true }) responseBody: string | null;
  @Column('text', { nullable: true }) error: string | null;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) finishedAt: Date | null;
}
