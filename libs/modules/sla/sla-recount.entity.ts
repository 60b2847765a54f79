import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

export const RECOUNT_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export type RecountState = (typeof RECOUNT_STATES)[number];

/** A count anew of many tickets: who wanted it, how far it is, how many clocks moved. */
@Entity('sla_recount')
@Index('sla_recount_policy_idx', ['policyId'])
export class SlaRecount {
  @Id() id: string;
  @Column('uuid') policyId: string;
  /** Also what is over is judged anew. */
  @Column('boolean') withClosed: boolean;
  @Column('text') state: RecountState;
  @Column('int', { default: 0 }) total: number;
  @Column('int', { default: 0 }) done: number;
  /** Tickets whose ends have moved. */
  @Column('int', { default: 0 }) moved: number;
  /** The last ticket that was counted. */
  @Column('uuid', { nullable: true }) lastId: string | null;
  @Column('uuid', { nullable: true }) byId: string | null;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) finishedAt: Date | null;
}
