import { defineErrors } from '@opora/platform/errors';

export const FeedbackError = defineErrors('feedback', { notDone: 409, tooLate: 409, linkUnknown: 404 });
