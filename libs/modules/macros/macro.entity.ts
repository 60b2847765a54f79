import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import { Scoped } from './scope';
import type { StoredAction } from './ticket-action';

/** Several actions under one name. */
@Entity('macro')
@Index('macro_place_idx', ['position', 'id'])
@Index('macro_owner_idx', { synchronize: false })
export class Macro extends Scoped {
  @Id() id: string;
  @Column('text') name: string;
  @Column('text', { default: '' }) description: string;
  @Column('jsonb') actions: StoredAction[];
  @Column('int') position: number;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}
