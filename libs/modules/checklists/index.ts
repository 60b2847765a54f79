export { ChecklistsModule } from './checklists.module';
export { ChecklistPermission } from './checklists.access';
export { ChecklistMarks } from './checklist-marks.service';
export { ChecklistTemplates } from './checklist-templates.service';
export { Checklists } from './checklists.service';
export { seedChecklists } from './checklists.seed';
