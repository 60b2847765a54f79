import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalText } from './process.entity';

/** A step of impact or of urgency. */
export type MatrixLevel = { code: string; name: LocalText };
export type MatrixCell = { impact: string; urgency: string; priorityId: string };

/** How far a trouble reaches and how soon it must be over, weighed into a priority. There is one matrix. */
@Entity('priority_matrix')
export class PriorityMatrix {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'priority_matrix_pkey' }) id: number;
  @Column('boolean', { default: false }) isOn: boolean;
  @Column('jsonb') impacts: MatrixLevel[];
  @Column('jsonb') urgencies: MatrixLevel[];
  @Column('jsonb') cells: MatrixCell[];
}
