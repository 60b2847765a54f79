export { FieldsModule } from './fields.module';
