import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';
import type { CompanyCategory } from './company-category.entity';
import { OneLine } from './plain-text';

export class CreateCategory {
  /** Latin letters, digits, `-` and `_`; used in filters and imports. */
  @ApiProperty({ example: 'vip' })
  @Matches(/^[a-z0-9][a-z0-9_-]{0,49}$/)
  code: string;

  @ApiProperty({ example: 'VIP' })
  @OneLine()
  @Length(1, 100)
  name: string;

  /** `#rrggbb`. */
  @ApiProperty({ example: '#e8590c' })
  @Matches(/^#[0-9a-fA-F]{6}$/)
  color: string;
}

export class UpdateCategory extends PartialType(CreateCategory, { skipNullProperties: false }) {}

export class CategoryRoleName {
  ru: string;
  en: string;
}

/** A role whose reach is limited by the category. */
export class CategoryRole {
  id: string;
  name: CategoryRoleName;
}

export class CategoryView {
  id: string;
  code: string;
  name: string;
  color: string;
  /** Companies outside the archive. */
  companyCount: number;
  /** Roles whose reach the category limits. */
  roles: CategoryRole[];
}

export type CategoryRow = CompanyCategory & { companyCount: number; roles: CategoryRole[] };

export const toCategoryView = ({ id, code, name, color, companyCount, roles }: CategoryRow): CategoryView => ({
  id,
  code,
  name,
  color,
  companyCount,
  roles,
});
