import { Id } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Company } from './company.entity';

/** A group of companies, used in rights and rules. */
@Entity('company_category')
@Index('company_category_code_idx', ['code'], { unique: true })
export class CompanyCategory {
  @Id()
  id: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  /** `#rrggbb`. */
  @Column('text')
  color: string;
}

@Entity('company_category_link')
@Index('company_category_link_category_idx', ['categoryId'])
export class CompanyCategoryLink {
  @PrimaryColumn('uuid')
  companyId: string;

  @ManyToOne(() => Company, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'companyId', foreignKeyConstraintName: 'company_category_link_company_fk' })
  company?: Company;

  @PrimaryColumn('uuid')
  categoryId: string;

  @ManyToOne(() => CompanyCategory, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'categoryId', foreignKeyConstraintName: 'company_category_link_category_fk' })
  category?: CompanyCategory;
}
