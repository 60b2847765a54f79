import { defineErrors } from '@opora/platform/errors';

/** Refusals about __things_words__. */
export const __Module__Error = defineErrors('__module__', { notFound: 404 });
