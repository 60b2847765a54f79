import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Employee } from './employee.entity';

export const ABSENCE_REASONS = ['vacation', 'sick', 'trip', 'other'] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

/** A time in which a person is not there, and who stands in for him. */
@Entity('absence')
@Index('absence_employee_idx', ['employeeId', 'startsAt'])
@Index('absence_start_idx', ['startsAt', 'id'])
@Index('absence_substitute_idx', ['substituteId'])
export class Absence {
  @Id()
  id: string;

  @ManyToOne(() => Employee)
  @JoinColumn({ name: 'employeeId', foreignKeyConstraintName: 'absence_employee_fk' })
  employee?: Employee;

  @Column('uuid')
  employeeId: string;

  @Timestamp()
  startsAt: Date;

  /** The first moment he is there again. */
  @Timestamp()
  endsAt: Date;

  @ManyToOne(() => Employee, { nullable: true })
  @JoinColumn({ name: 'substituteId', foreignKeyConstraintName: 'absence_substitute_fk' })
  substitute?: Employee | null;

  @Column('uuid', { nullable: true })
  substituteId: string | null;

  @Column('text')
  reason: AbsenceReason;

  @Column('text', { default: '' })
  note: string;

  @Column('int', { default: 1 })
  version: number;

  @Column('uuid', { nullable: true })
  createdById: string | null;

  @Timestamp()
  createdAt: Date;

  @Timestamp()
  updatedAt: Date;
}
