import type { Ctx, Locale } from '@opora/platform/context';
import { LOCALES } from '@opora/platform/context';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import type { EmployeeRow } from './employees.query';
import { EmailAddress, Line, Phone } from './people-text';

export const EMPLOYEE_STATES = ['active', 'inactive', 'archived', 'all'] as const;
export type EmployeeState = (typeof EMPLOYEE_STATES)[number];

export class ListEmployees extends PageQuery {
  /** Part of the name, the address or the phone. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsUUID()
  teamId?: string;

  @IsOptional()
  @IsUUID()
  roleId?: string;

  /** Without it: everybody who is not archived. */
  @IsOptional()
  @IsIn(EMPLOYEE_STATES)
  state?: EmployeeState;
}

export class EmployeeFields {
  @IsOptional()
  @Phone()
  phone?: string | null;

  @IsOptional()
  @Matches(/^\d{1,10}$/)
  phoneExtension?: string | null;

  @Optional()
  @IsIn(LOCALES)
  locale?: Locale;

  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  roleIds?: string[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  teamIds?: string[];

  /** Job title, as papers name the person. */
  @Optional()
  @Line(0, 200)
  position?: string;

  /** Whom the person reports to. */
  @IsOptional()
  @IsUUID()
  managerId?: string | null;
}

export class CreateEmployee extends EmployeeFields {
  @ApiProperty({ example: 'Иванова Мария' })
  @Line(1, 200)
  name: string;

  /** Also the login. */
  @ApiProperty({ example: 'ivanova@example.com' })
  @EmailAddress()
  email: string;

  /** IANA name; null means the organisation's time zone. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;
}

export class UpdateEmployee extends EmployeeFields {
  @Optional()
  @Line(1, 200)
  name?: string;

  /** Also the login. */
  @Optional()
  @EmailAddress()
  email?: string;

  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;

  /** An inactive employee cannot sign in. */
  @Optional()
  @IsBoolean()
  isActive?: boolean;
}

export class RoleRef {
  id: string;
  code: string | null;
  /** In the request's language. */
  name: string;
}

export class TeamRef {
  id: string;
  name: string;
  /** Support line, 1 to 9. */
  line: number;
}

export class EmployeeManagerRef {
  id: string;
  name: string;
}

export class EmployeeView {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  phoneExtension: string | null;
  locale: Locale;
  timeZone: string | null;
  isActive: boolean;
  roles: RoleRef[];
  teams: TeamRef[];
  position: string;
  /** Whom the person reports to. */
  manager: EmployeeManagerRef | null;
  totpEnabled: boolean;
  /** When one of the person's devices was last seen. */
  lastSeenAt: string | null;
  createdAt: string;
  archivedAt: string | null;
}

export class IssuedPasswordView {
  employee: EmployeeView;
  /** Shown once; must be replaced at the first sign-in. */
  issuedPassword: string;
}

export const toEmployeeView = (ctx: Ctx, row: EmployeeRow): EmployeeView => ({
  id: row.id,
  name: row.name,
  email: row.email,
  phone: row.phone,
  phoneExtension: row.phoneExtension,
  locale: row.locale,
  timeZone: row.timeZone,
  isActive: row.isActive,
  roles: row.roles.map(({ id, code, name }) => ({ id, code, name: name[ctx.locale] })),
  teams: row.teams.map(({ id, name, line }) => ({ id, name, line })),
  position: row.position,
  manager: row.manager,
  totpEnabled: row.totpEnabled,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  archivedAt: row.archivedAt?.toISOString() ?? null,
});

/** A person in the tree of who reports to whom. */
export class OrgPersonView {
  id: string;
  name: string;
  position: string;
  managerId: string | null;
}
