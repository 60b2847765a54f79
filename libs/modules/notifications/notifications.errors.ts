import { defineErrors } from '@opora/platform/errors';

export const NotificationError = defineErrors('notifications', { notFound: 404 });
