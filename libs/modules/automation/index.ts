export { AutomationModule } from './automation.module';
export { RoutingSeed } from './routing.seed';
export { RuleSeed } from './rules.seed';
