import { defineErrors, ProblemError } from '../errors';

export const FileError = defineErrors('files', {
  notFound: 404,
  tooLarge: 413,
  linkExpired: 404,
  empty: 422,
  notYours: 422,
  noSpace: 503,
});

/** There was no room for the bytes: to be tried again once somebody has made some. */
export const isNoSpace = (error: unknown): boolean => error instanceof ProblemError && error.code === 'files.noSpace';
