import { Module } from '@nestjs/common';
import { PeopleModule } from '@opora/modules/people';
import { ConditionsController } from './conditions.controller';
import { CustomFieldDefinitions } from './custom-field-definitions.service';
import { CustomFieldsController } from './custom-fields.controller';
import { CustomFields } from './custom-fields.service';
import { EmployeeReferences } from './employee-references';
import { FieldCatalogue } from './field-catalogue.service';
import { FieldReferences, FieldRows } from './field-ports.service';
import { FieldStore } from './field-store.service';
import { FormRulesController } from './form-rules.controller';
import { FormRules } from './form-rules.service';
import { FormulasListener } from './formulas.listener';

const services = [CustomFieldDefinitions, CustomFields, FieldCatalogue, FieldReferences, FieldRows, FormRules];

@Module({
  imports: [PeopleModule],
  controllers: [ConditionsController, CustomFieldsController, FormRulesController],
  providers: [...services, EmployeeReferences, FieldStore, FormulasListener],
  exports: services,
})
export class FieldsModule {}
