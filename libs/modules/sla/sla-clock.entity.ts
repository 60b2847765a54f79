import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ClockState } from './sla-clock';
import type { SlaMetric } from './sla-story';

/** What of a ticket's clocks lists show and ask for: one row a ticket, made anew with its clocks. */
@Entity('ticket_sla')
@Index('ticket_sla_policy_idx', ['policyId'])
@Index('ticket_sla_due_idx', { synchronize: false })
@Index('ticket_sla_reaction_idx', { synchronize: false })
@Index('ticket_sla_state_idx', { synchronize: false })
export class TicketSla {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_ticket_sla' }) ticketId: string;
  @Column('uuid', { nullable: true }) policyId: string | null;
  @Column('int', { nullable: true }) policyVersion: number | null;
  /** The ticket's answer to `sla:`: the worst of its clocks. */
  @Column('text') state: ClockState;
  @Column('boolean', { default: false }) isBreached: boolean;
  /** A running clock is past its first warning. */
  @Timestamp({ nullable: true }) warnAt: Date | null;
  /** The end of the running resolution and reaction clocks, and the nearest end of any. */
  @Timestamp({ nullable: true }) resolutionDueAt: Date | null;
  @Timestamp({ nullable: true }) reactionDueAt: Date | null;
  @Timestamp({ nullable: true }) nextDueAt: Date | null;
  /** The facet of rows and cards, in each language; `json`, because it is read far more often than written and goes out as it is. */
  @Column('json') ru: object;
  @Column('json') en: object;
  @Timestamp() computedAt: Date;
}

/** One run of one metric, as its facts came to when they last changed. */
@Entity('sla_clock')
@Index('sla_clock_run_key', ['ticketId', 'metric', 'cycle'], { unique: true })
@Index('sla_clock_next_idx', { synchronize: false })
@Index('sla_clock_decided_idx', { synchronize: false })
@Index('sla_clock_stuck_idx', { synchronize: false })
export class SlaClock {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Column('text') metric: SlaMetric;
  /** The number of the run: a dwell limit and «next update» have many. */
  @Column('int') cycle: number;
  @Column('uuid') policyId: string;
  @Column('int') policyVersion: number;
  @Column('text') state: ClockState;
  @Column('int') targetSeconds: number;
  @Timestamp() startAt: Date;
  /** From when the target counts. */
  @Timestamp() originAt: Date;
  @Timestamp({ nullable: true }) dueAt: Date | null;
  @Timestamp({ nullable: true }) stoppedAt: Date | null;
  @Timestamp({ nullable: true }) breachedAt: Date | null;
  @Timestamp({ nullable: true }) pausedSince: Date | null;
  @Column('text', { nullable: true }) pauseReason: string | null;
  /** Working and plain time when the clock was stopped; null while it goes on. */
  @Column('int', { nullable: true }) elapsedSeconds: number | null;
  @Column('int', { nullable: true }) calendarSeconds: number | null;
  /** When it was decided whether the promise was kept: the stop in time, or the missed end. */
  @Timestamp({ nullable: true }) decidedAt: Date | null;
  /** Who had the ticket at the stop; while the clock goes on, the ticket says. */
  @Column('uuid', { nullable: true }) assigneeId: string | null;
  @Column('uuid', { nullable: true }) teamId: string | null;
  @Timestamp({ nullable: true }) excusedAt: Date | null;
  /** What is still to be told: [threshold, moment] in order; the first one's moment is `nextAt`. */
  @Column('jsonb', { default: [] }) moments: [string, string][];
  @Timestamp({ nullable: true }) nextAt: Date | null;
}

export const SLA_FACT_KINDS = ['policy', 'calendar', 'arrived'] as const;
export type SlaFactKind = (typeof SLA_FACT_KINDS)[number];

/** What SLA itself has decided about a ticket, never changed: the rest of a clock's facts is the ticket's own history. */
@Entity('sla_fact')
@Index('sla_fact_ticket_idx', ['ticketId', 'at'])
export class SlaFact {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Timestamp() at: Date;
  @Column('text') kind: SlaFactKind;
  @Column('jsonb') data: object;
  @Column('uuid', { nullable: true }) actorId: string | null;
  @Timestamp() createdAt: Date;
}

/** What was told, once: the unique index is the rule. */
@Entity('sla_moment')
@Index('sla_moment_once_key', ['clockId', 'threshold', 'at'], { unique: true })
@Index('sla_moment_ticket_idx', ['ticketId'])
export class SlaMoment {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Column('uuid') clockId: string;
  @Column('text') metric: SlaMetric;
  @Column('int') cycle: number;
  @Column('text') threshold: string;
  /** When it was due. */
  @Timestamp() at: Date;
  @Timestamp() firedAt: Date;
}
