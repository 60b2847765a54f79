import { Global, Module } from '@nestjs/common';
import { Organisation, OrganisationController } from './organisation.controller';

export { Organisation } from './organisation.controller';
export { OrganisationView } from './organisation.dto';

@Global()
@Module({ controllers: [OrganisationController], providers: [Organisation], exports: [Organisation] })
export class OrganisationModule {}
