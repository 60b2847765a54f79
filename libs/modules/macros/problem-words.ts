import type { Ctx } from '@opora/platform/context';
import { ProblemError } from '@opora/platform/errors';
import { fieldText } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';

/** A refusal in words, kept with the row it is of. */
export type ToldProblem = {
  code: string;
  message: string;
  /** Where in the actions, such as `/actions/0/params/teamId`. */
  pointer: string | null;
  /** Which of the actions refused. */
  action: number | null;
};

type Unmet = { guard: string; message: string };

/** A thrown problem as rows and previews tell it: each wrong field, each unmet guard by itself. */
export function problemWords(ctx: Ctx, { code, facts, members, fields }: ProblemError): ToldProblem[] {
  const action = typeof members.action === 'number' ? members.action : null;
  if (fields.length)
    return fields.map((field) => ({
      code: field.code,
      message: fieldText(ctx.locale, field, facts),
      pointer: field.pointer,
      action,
    }));
  const unmet = Array.isArray(members.unmet) ? (members.unmet as Unmet[]) : [];
  if (unmet.length) return unmet.map(({ message }) => ({ code, message, pointer: null, action }));
  return [{ code, message: t(ctx, `errors.${code}`, facts), pointer: null, action }];
}

/** The same problem with its fields elsewhere. */
export function repointed(error: unknown, to: (pointer: string) => string): ProblemError {
  if (!(error instanceof ProblemError)) throw error;
  const fields = error.fields.map((field) => ({ ...field, pointer: to(field.pointer) }));
  return new ProblemError(error.code, error.status, error.facts, error.members, fields);
}
