export { MacrosModule } from './macros.module';
