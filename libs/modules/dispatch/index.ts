export { DispatchPermission } from './dispatch.access';
export { DispatchModule } from './dispatch.module';
export { Engineers } from './engineers.service';
export { Skills } from './skills.service';
export { Suggestions } from './suggestions.service';
export { Zones } from './zones.service';
