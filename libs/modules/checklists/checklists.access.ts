import { definePermissions } from '@opora/platform/permissions';

/** `manage` makes templates; `tick` works with the checklists of tickets. */
export const ChecklistPermission = definePermissions('checklists', ['manage', 'tick']);
