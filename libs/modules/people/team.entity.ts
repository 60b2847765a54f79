import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Employee } from './employee.entity';

/** People who work together on one support line. */
@Entity('team')
@Index('team_lead_idx', ['leadId'])
@Index('team_line_idx', { synchronize: false })
export class Team {
  @Id()
  id: string;

  @Column('text')
  name: string;

  /** Support line, 1 to 9. */
  @Column('int')
  line: number;

  /** The line never writes to clients. */
  @Column('boolean')
  forbidsClientReplies: boolean;

  /** The line does not see phones and addresses of clients. */
  @Column('boolean')
  hidesClientContacts: boolean;

  @ManyToOne(() => Employee, { nullable: true })
  @JoinColumn({ name: 'leadId', foreignKeyConstraintName: 'team_lead_fk' })
  lead?: Employee | null;

  @Column('uuid', { nullable: true })
  leadId: string | null;

  @Timestamp()
  createdAt: Date;

  @Timestamp({ nullable: true })
  archivedAt: Date | null;
}

/** One person in one team. */
@Entity('team_member')
@Index('team_member_employee_idx', ['employeeId'])
export class TeamMember {
  @PrimaryColumn('uuid')
  teamId: string;

  @PrimaryColumn('uuid')
  employeeId: string;

  @ManyToOne(() => Team)
  @JoinColumn({ name: 'teamId', foreignKeyConstraintName: 'team_member_team_fk' })
  team?: Team;

  @ManyToOne(() => Employee)
  @JoinColumn({ name: 'employeeId', foreignKeyConstraintName: 'team_member_employee_fk' })
  employee?: Employee;
}
