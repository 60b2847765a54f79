import { definePermissions } from '@opora/platform/permissions';

/** `use` runs macros and keeps personal ones; `manage` keeps those of teams and of everybody; `bulk` changes many tickets at once. */
export const MacroPermission = definePermissions('macros', ['use', 'manage', 'bulk']);
