import { definePermissions } from '@opora/platform/permissions';

/** Rewording the organisation's mails. One's own notifications need no permission. */
export const NotificationPermission = definePermissions('notifications', ['manage_templates']);
