import { Module } from '@nestjs/common';
import { AbsencesController } from './absences.controller';
import { Absences } from './absences.service';
import { AccountController } from './account.controller';
import { Account } from './account.service';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeys } from './api-keys.service';
import { Attempts } from './attempts.service';
import { AuthController } from './auth.controller';
import { Credentials } from './credentials.service';
import { DirectoryController } from './directory.controller';
import { EmployeeSubjects } from './employee-subjects';
import { EmployeesController } from './employees.controller';
import { Employees } from './employees.service';
import { KnownDevices } from './known-devices.service';
import { LinkRedemption } from './link-redemption.service';
import { OrgStructure } from './org-structure.service';
import { OwnPassword } from './own-password.service';
import { PeopleCommands } from './people.command';
import { PortalAuthController } from './portal-auth.controller';
import { RolesController } from './roles.controller';
import { Roles } from './roles.service';
import { Sessions } from './sessions.service';
import { SignInLinks } from './sign-in-links.service';
import { SignInSubjects } from './sign-in-subjects.service';
import { SignIn } from './sign-in.service';
import { TeamsController } from './teams.controller';
import { Teams } from './teams.service';
import { Totp } from './totp.service';

const services = [
  Absences,
  ApiKeys,
  Credentials,
  Employees,
  OrgStructure,
  Teams,
  Roles,
  Sessions,
  SignInLinks,
  LinkRedemption,
  SignInSubjects,
];
const inner = [Account, Attempts, KnownDevices, OwnPassword, SignIn, Totp, EmployeeSubjects, PeopleCommands];

@Module({
  controllers: [
    AuthController,
    PortalAuthController,
    AccountController,
    EmployeesController,
    TeamsController,
    RolesController,
    ApiKeysController,
    DirectoryController,
    AbsencesController,
  ],
  providers: [...services, ...inner],
  exports: services,
})
export class PeopleModule {}
