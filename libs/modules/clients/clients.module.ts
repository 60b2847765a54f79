import { Module } from '@nestjs/common';
import { FieldsModule } from '@opora/modules/fields';
import { PeopleModule } from '@opora/modules/people';
import { ClientDirectoryController } from './client-directory.controller';
import { ClientDirectory } from './client-directory.service';
import { ClientFields } from './client-fields.service';
import { CompaniesController } from './companies.controller';
import { Companies } from './companies.service';
import { CompanyCategoriesController } from './company-categories.controller';
import { CompanyCategories } from './company-categories.service';
import { ContactAddresses } from './contact-addresses.service';
import { ContactSubjects } from './contact-subjects';
import { ContactsController } from './contacts.controller';
import { Contacts } from './contacts.service';
import { Memberships } from './memberships.service';
import { ObjectTree } from './object-tree.service';
import { PortalAccess } from './portal-access.service';
import { PortalClientsController } from './portal-clients.controller';
import { PortalMe } from './portal-me.service';
import { PortalPeople } from './portal-people.service';
import { References } from './references.service';
import { Responsibles } from './responsibles.service';
import { ServiceObjectsController } from './service-objects.controller';
import { ServiceObjects } from './service-objects.service';

const services = [
  Companies,
  CompanyCategories,
  Contacts,
  Memberships,
  ObjectTree,
  PortalAccess,
  Responsibles,
  ServiceObjects,
];

@Module({
  imports: [PeopleModule, FieldsModule],
  controllers: [
    ClientDirectoryController,
    CompaniesController,
    CompanyCategoriesController,
    ContactsController,
    PortalClientsController,
    ServiceObjectsController,
  ],
  providers: [
    ...services,
    ClientDirectory,
    ClientFields,
    ContactAddresses,
    ContactSubjects,
    PortalMe,
    PortalPeople,
    References,
  ],
  exports: services,
})
export class ClientsModule {}
