import type { Ctx } from '@opora/platform/context';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Employee } from './employee.entity';
import { Employees } from './employees.service';
import { SignInSubjects } from './sign-in-subjects.service';

/** Employees are people who can sign in. */
@Injectable()
export class EmployeeSubjects implements OnModuleInit {
  constructor(
    private readonly employees: Employees,
    private readonly subjects: SignInSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('employee', {
      find: async (ctx: Ctx, id: string) => subjectOf(await this.employees.find(ctx, id)),
      findByEmail: async (ctx: Ctx, email: string) => subjectOf(await this.employees.findByEmail(ctx, email)),
      loadActor: (ctx: Ctx, id: string) => this.employees.loadActor(ctx, id),
    });
  }
}

const subjectOf = (employee: Employee | null) =>
  employee?.isActive && !employee.archivedAt
    ? { id: employee.id, name: employee.name, email: employee.email, locale: employee.locale }
    : null;
