import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something a person knows how to do. */
@Entity('skill')
@Index('skill_name_key', { synchronize: false })
export class Skill {
  @Id() id: string;
  @Column('text') name: string;
  @Timestamp() createdAt: Date;
}

/** How well a person does it: 1 beginner, 2 on his own, 3 expert. */
@Entity('employee_skill')
@Index('employee_skill_skill_idx', ['skillId'])
export class EmployeeSkill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_employee_skill' }) employeeId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_employee_skill' }) skillId: string;
  @Column('int') level: number;
}

/** Tickets of a type need it, at least at this level. */
@Entity('ticket_type_skill')
@Index('ticket_type_skill_skill_idx', ['skillId'])
export class TicketTypeSkill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_ticket_type_skill' }) typeId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_ticket_type_skill' }) skillId: string;
  @Column('int') level: number;
}
