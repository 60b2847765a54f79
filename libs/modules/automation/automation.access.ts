import { definePermissions } from '@opora/platform/permissions';

/** Seeing routing and rules with what they did; changing them. */
export const AutomationPermission = definePermissions('automation', ['read', 'manage']);
