import { Global, Module } from '@nestjs/common';
import { Organisation, OrganisationController } from './organisation.controller';

export { Organisation, OrganisationView } from './organisation.controller';

@Global()
@Module({ controllers: [OrganisationController], providers: [Organisation], exports: [Organisation] })
export class OrganisationModule {}
