import { Module } from '@nestjs/common';
import { Attempts } from './attempts.service';
import { Credentials } from './credentials.service';
import { EmployeeSubjects } from './employee-subjects';
import { EmployeesController } from './employees.controller';
import { Employees } from './employees.service';
import { RolesController } from './roles.controller';
import { Roles } from './roles.service';
import { Sessions } from './sessions.service';
import { SignInSubjects } from './sign-in-subjects.service';
import { TeamsController } from './teams.controller';
import { Teams } from './teams.service';

const services = [Attempts, Credentials, Employees, Teams, Roles, Sessions, SignInSubjects];

@Module({
  controllers: [EmployeesController, TeamsController, RolesController],
  providers: [...services, EmployeeSubjects],
  exports: services,
})
export class PeopleModule {}
