import { Module } from '@nestjs/common';
import { ConditionsController } from './conditions.controller';
import { FieldCatalogue } from './field-catalogue.service';

@Module({
  controllers: [ConditionsController],
  providers: [FieldCatalogue],
  exports: [FieldCatalogue],
})
export class FieldsModule {}
