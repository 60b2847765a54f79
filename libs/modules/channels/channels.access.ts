import { definePermissions } from '@opora/platform/permissions';

/** Permissions of the module. */
export const ChannelPermission = definePermissions('channels', ['read_intake', 'manage_intake', 'manage_mailboxes']);
