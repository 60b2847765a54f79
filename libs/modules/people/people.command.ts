import { checked, Command, CommandError, type CommandInput, need } from '@opora/platform/cli';
import type { Ctx } from '@opora/platform/context';
import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { CreateApiKey } from './api-keys.dto';
import { ApiKeys } from './api-keys.service';
import type { Employee } from './employee.entity';
import { CreateEmployee } from './employees.dto';
import { Employees } from './employees.service';
import { PRESET_ROLE_CODES, PRESET_ROLE_IDS, type PresetRoleCode } from './preset-roles';

/** Commands about people: the way in when nobody can sign in yet, or any more. */
@Injectable()
export class PeopleCommands {
  constructor(
    private readonly employees: Employees,
    private readonly keys: ApiKeys,
  ) {}

  @Command({
    name: 'user create',
    summary: 'Make an employee; the password is printed once and must be replaced at the first sign-in',
    options: [
      { flags: '--email <email>', description: 'address, also the login' },
      { flags: '--name <name>', description: 'full name' },
      {
        flags: '--role <codes>',
        description: `preset roles, comma separated: ${PRESET_ROLE_CODES.join(', ')}`,
        default: 'engineer',
      },
      { flags: '--locale <locale>', description: 'ru or en', default: 'ru' },
    ],
    writes: true,
  })
  async createUser({ ctx, options }: CommandInput): Promise<object> {
    const roleIds = need(options, 'role').split(',').map(roleId);
    const input = checked(CreateEmployee, {
      name: need(options, 'name'),
      email: need(options, 'email'),
      locale: options.locale,
      roleIds,
    });
    const { employee, issuedPassword } = await this.employees.create(ctx, input);
    return {
      id: employee.id,
      email: employee.email,
      roles: employee.roles.map(({ code }) => code),
      password: issuedPassword,
    };
  }

  @Command({
    name: 'user reset-password',
    summary: 'Issue a new password, end every session and lift the brake on guesses',
    arguments: ['<email>'],
    writes: true,
  })
  async resetPassword({ ctx, args }: CommandInput): Promise<object> {
    const { id, email } = await this.byEmail(ctx, args[0]);
    const { issuedPassword } = await this.employees.resetPassword(ctx, id);
    return { id, email, password: issuedPassword };
  }

  @Command({
    name: 'user disable-2fa',
    summary: 'Switch the second factor off for somebody who has lost the phone',
    arguments: ['<email>'],
    writes: true,
  })
  async disableTotp({ ctx, args }: CommandInput): Promise<object> {
    const { id, email } = await this.byEmail(ctx, args[0]);
    await this.employees.resetTotp(ctx, id);
    return { id, email, secondFactor: 'off' };
  }

  @Command({
    name: 'apikey create',
    summary: 'Make an API key; the secret is printed once',
    options: [
      { flags: '--for <email>', description: 'the employee the key acts for' },
      { flags: '--name <name>', description: 'what the key is for' },
      { flags: '--permissions <list>', description: 'comma separated, such as tickets.read,tickets.create' },
      { flags: '--expires <moment>', description: 'RFC 3339 date and time; never, if left out' },
    ],
    writes: true,
  })
  async createKey({ ctx, options }: CommandInput): Promise<object> {
    const { id } = await this.byEmail(ctx, need(options, 'for'));
    const permissions = need(options, 'permissions')
      .split(',')
      .map((permission) => permission.trim());
    const expiresAt = typeof options.expires === 'string' ? options.expires : undefined;
    const input = checked(CreateApiKey, {
      name: need(options, 'name'),
      subjectId: id,
      permissions,
      ...(expiresAt ? { expiresAt } : {}),
    });
    const { apiKey, secret } = await this.keys.create(ctx, input);
    return { id: apiKey.id, prefix: `opora_${apiKey.prefix}`, permissions: apiKey.permissions, secret };
  }

  @Command({ name: 'apikey revoke', summary: 'Revoke an API key', arguments: ['<id>'], writes: true })
  async revokeKey({ ctx, args }: CommandInput): Promise<object> {
    const id = args[0] ?? '';
    if (!isUUID(id)) throw new CommandError('the id of a key is a UUID', 2);
    const key = await this.keys.revoke(ctx, id);
    return { id: key.id, name: key.name, revokedAt: key.revokedAt };
  }

  private async byEmail(ctx: Ctx, email: string | undefined): Promise<Employee> {
    const employee = email ? await this.employees.findByEmail(ctx, email) : null;
    if (!employee) throw new CommandError(`there is no employee with the address ${email ?? ''}`);
    return employee;
  }
}

function roleId(code: string): string {
  const known = PRESET_ROLE_CODES.find((one) => one === code.trim()) satisfies PresetRoleCode | undefined;
  if (!known) throw new CommandError(`there is no role ${code}; known: ${PRESET_ROLE_CODES.join(', ')}`, 2);
  return PRESET_ROLE_IDS[known];
}
