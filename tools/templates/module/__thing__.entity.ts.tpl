import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

@Entity('__thing_snake__')
@Index('__thing_snake___name_idx', { synchronize: false })
export class __Thing__ {
  @Id()
  id: string;

  @Column('text')
  name: string;

  @Timestamp()
  createdAt: Date;
}
