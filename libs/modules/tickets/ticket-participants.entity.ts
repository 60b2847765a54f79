import { Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Ticket } from './ticket.entity';

export const OBSERVER_KINDS = ['employee', 'team', 'contact'] as const;
export type ObserverKind = (typeof OBSERVER_KINDS)[number];

/** Who watches a ticket. Watching gives sight of it and never a right to change it. */
@Entity('ticket_observer')
@Index('ticket_observer_subject_idx', ['subjectId'])
export class TicketObserver {
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'ticket_observer_ticket_fk' })
  ticket?: Relation<Ticket>;
  @PrimaryColumn('uuid') ticketId: string;
  @PrimaryColumn('text') kind: ObserverKind;
  @PrimaryColumn('uuid') subjectId: string;
}

/** Who works on a ticket beside its assignee. */
@Entity('ticket_co_executor')
@Index('ticket_co_executor_employee_idx', ['employeeId'])
export class TicketCoExecutor {
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'ticket_co_executor_ticket_fk' })
  ticket?: Relation<Ticket>;
  @PrimaryColumn('uuid') ticketId: string;
  @PrimaryColumn('uuid') employeeId: string;
}

/** Sight of one ticket given to one person or team by name, until a moment. */
@Entity('ticket_grant')
@Index('ticket_grant_subject_idx', ['subjectId'])
export class TicketGrant {
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'ticket_grant_ticket_fk' })
  ticket?: Relation<Ticket>;
  @PrimaryColumn('uuid') ticketId: string;
  @PrimaryColumn('text') subjectKind: ObserverKind;
  @PrimaryColumn('uuid') subjectId: string;
  @Timestamp() expiresAt: Date;
  @Column('uuid', { nullable: true }) grantedById: string | null;
  @Column('text') grantedByName: string;
  @Timestamp() createdAt: Date;
}

/** How far an employee has read a ticket. */
@Entity('ticket_read')
export class TicketRead {
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'ticket_read_ticket_fk' })
  ticket?: Relation<Ticket>;
  @PrimaryColumn('uuid') ticketId: string;
  @PrimaryColumn('uuid') employeeId: string;
  @Column('uuid', { nullable: true }) lastSeenCommentId: string | null;
  @Timestamp() lastSeenAt: Date;
}

export const PRESENCE_STATES = ['viewing', 'editing'] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

/** Who has the ticket open at this moment. The table is not logged: after a crash nobody is present. */
@Entity('ticket_presence')
export class TicketPresence {
  @PrimaryColumn('uuid') ticketId: string;
  @PrimaryColumn('uuid') employeeId: string;
  @Column('text') state: PresenceState;
  @Timestamp() until: Date;
}
