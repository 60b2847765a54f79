import { Id, Timestamp } from '@opora/platform/db';
import type { Locale } from '@opora/platform/context';
import { Column, Entity, Index } from 'typeorm';
import type { SlaMetric } from './sla-story';
import type { ExcuseState } from './ticket-sla.dto';

/** Why a promise could not be kept: the catalogue. */
@Entity('sla_excuse_reason')
export class SlaExcuseReason {
  @Id() id: string;
  @Column('jsonb') name: Record<Locale, string>;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}

/** A request to excuse one missed promise, with its evidence, and what was decided by somebody else. */
@Entity('sla_excuse')
@Index('sla_excuse_once_key', { synchronize: false })
@Index('sla_excuse_state_idx', ['state', 'id'])
@Index('sla_excuse_ticket_idx', ['ticketId'])
export class SlaExcuse {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Column('text') metric: SlaMetric;
  @Column('int') cycle: number;
  @Column('uuid') reasonId: string;
  @Column('text') note: string;
  @Column('uuid', { array: true }) fileIds: string[];
  @Column('text') state: ExcuseState;
  @Column('uuid') askedById: string;
  @Timestamp() askedAt: Date;
  @Column('uuid', { nullable: true }) decidedById: string | null;
  @Timestamp({ nullable: true }) decidedAt: Date | null;
  @Column('text', { nullable: true }) decisionNote: string | null;
}
