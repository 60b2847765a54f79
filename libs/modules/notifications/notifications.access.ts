import { definePermissions } from '@opora/platform/permissions';

/** Rewording the organisation's mails; deciding what people are told who have not said otherwise. One's own notifications need no permission. */
export const NotificationPermission = definePermissions('notifications', ['manage_templates', 'manage_defaults']);
