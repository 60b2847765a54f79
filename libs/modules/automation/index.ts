export { AutomationModule } from './automation.module';
export { RoutingSeed } from './routing.seed';
