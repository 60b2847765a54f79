import { definePermissions } from '@opora/platform/permissions';

/** Permissions of the module: reports and stuck tickets, calendars and policies, excuses, manual deadlines. */
export const SlaPermission = definePermissions('sla', ['read', 'manage', 'excuse', 'approve_excuse', 'set_deadline']);
