import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import type { Condition } from './condition';
import type { FieldSubject } from './custom-field.entity';
import type { Effect } from './form-rules';

/** «When … show, require, …»: one rule of a form. */
@Entity('form_rule')
@Index('form_rule_order_idx', ['subject', 'position', 'id'])
export class FormRule {
  @Id() id: string;
  @Column('text') name: string;
  @Column('text') subject: FieldSubject;
  @Column('int') position: number;
  @Column('boolean', { default: true }) isActive: boolean;
  @Column('jsonb') when: Condition;
  @Column('jsonb') effects: Effect[];
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}
