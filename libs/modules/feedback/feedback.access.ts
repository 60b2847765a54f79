import { definePermissions } from '@opora/platform/permissions';

/** Reading the marks of all tickets one may see; a single ticket's mark is shown to whoever sees the ticket. */
export const FeedbackPermission = definePermissions('feedback', ['read']);
