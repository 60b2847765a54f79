export { Assignments } from './assignments.service';
export { DispatchPermission } from './dispatch.access';
export { DispatchModule } from './dispatch.module';
export { seedDispatch } from './dispatch.seed';
export { Engineers } from './engineers.service';
export { Skills } from './skills.service';
export { Suggestions } from './suggestions.service';
export { Zones } from './zones.service';
