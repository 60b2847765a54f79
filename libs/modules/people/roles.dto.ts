import { Optional, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { permissionsOfRole } from './people.access';
import { Line } from './people-text';
import { ROLE_SCOPES, type RoleScope } from './role.entity';
import type { RoleRow } from './roles.service';

export class ListRoles extends PageQuery {}

/** A name in both languages. */
export class NameInput {
  @Line(1, 100)
  ru: string;

  @Line(1, 100)
  en: string;
}

export class CreateRole {
  @ApiProperty({ example: { ru: 'Старший инженер', en: 'Senior engineer' } })
  @IsObject()
  @ValidateNested()
  @Type(() => NameInput)
  name: NameInput;

  /** From `GET /permissions`. */
  @ApiProperty({ example: ['tickets.read', 'tickets.create'] })
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  permissions: string[];

  /** Which rows the role reaches. */
  @IsIn(ROLE_SCOPES)
  scope: RoleScope;

  /** Client categories, when the scope is `categories`. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  categoryIds?: string[];
}

export class UpdateRole {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => NameInput)
  name?: NameInput;

  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  permissions?: string[];

  @Optional()
  @IsIn(ROLE_SCOPES)
  scope?: RoleScope;

  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  categoryIds?: string[];
}

export class NameView {
  ru: string;
  en: string;
}

export class RoleView {
  id: string;
  /** Set for the presets, which cannot be changed. */
  code: string | null;
  name: NameView;
  permissions: string[];
  scope: RoleScope;
  categoryIds: string[];
  isPreset: boolean;
  /** Employees who hold the role, the archived not counted. */
  employeeCount: number;
}

export class PermissionView {
  /** Such as `tickets.read`. */
  code: string;
  /** In the request's language. */
  label: string;
}

/** The permissions of one part of the product. */
export class PermissionGroupView {
  /** The part's name, such as `tickets`. */
  module: string;
  label: string;
  permissions: PermissionView[];
}

export const toRoleView = (role: RoleRow): RoleView => ({
  id: role.id,
  code: role.code,
  name: { ru: role.name.ru, en: role.name.en },
  permissions: permissionsOfRole(role),
  scope: role.scope,
  categoryIds: role.categoryIds,
  isPreset: role.isPreset,
  employeeCount: role.employeeCount,
});
