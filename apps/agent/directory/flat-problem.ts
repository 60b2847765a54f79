import { ApiProblem } from '@opora/client';

/** The refusal of a nested field for a flat form: `/name/ru` belongs to `nameRu`, `/imap/host` to `imapHost`. */
export function flatProblem(error: Error) {
  if (!(error instanceof ApiProblem)) return error;
  const flat = (pointer: string) =>
    pointer.replace(
      /^\/([a-z]\w*)\/([a-z])(\w*)/i,
      (_, outer: string, first: string, rest: string) => `/${outer}${first.toUpperCase()}${rest}`,
    );
  return { errors: error.errors.map((each) => ({ ...each, pointer: flat(each.pointer) })) };
}
