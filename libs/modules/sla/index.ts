export { SlaModule } from './sla.module';
export { type SlaMomentFact, SlaBreached, SlaWarned } from './sla.events';
