import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import { isRfc3339 } from '@opora/platform/http';
import type { ActionParam, ActionParams, ActionParamType, TicketAction } from './ticket-action';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_TEXT = 2000;
const MAX_RICH_TEXT = 100_000;
const MAX_LIST = 50;
/** Ten years in seconds. */
const MAX_DURATION = 315_360_000;

const isText = (value: unknown): value is string => typeof value === 'string';
const isId = (value: unknown): boolean => isText(value) && UUID.test(value);
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every(isId);

/** Whether a value has the shape of its type; limits are asked apart. */
const SHAPES: Record<ActionParamType, (value: unknown) => boolean> = {
  text: isText,
  long_text: isText,
  rich_text: isText,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  choice: isText,
  choices: (value) => Array.isArray(value) && value.every(isText),
  status: isText,
  priority: isId,
  ticket_type: isId,
  team: isId,
  teams: isIds,
  employee: (value) => value === 'me' || isId(value),
  employees: isIds,
  checklist_template: isId,
  field_values: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  duration: (value) => Number.isInteger(value),
  moment: (value) => isText(value) && isRfc3339(value),
  url: (value) => isText(value) && /^https?:\/\/[^\s]+$/.test(value),
  secret: isText,
  reference: isId,
};

/** Types where null says «nobody». */
const NOBODY: readonly ActionParamType[] = ['employee', 'team'];
/** Types whose options are all there is; rows of other types are looked up, so that one out of use is told as such. */
const CHOSEN: readonly ActionParamType[] = ['choice', 'choices', 'status'];
const DEFAULT_MAX: Partial<Record<ActionParamType, number>> = {
  text: 500,
  long_text: MAX_TEXT,
  rich_text: MAX_RICH_TEXT,
  url: MAX_TEXT,
  duration: MAX_DURATION,
  choices: MAX_LIST,
  teams: MAX_LIST,
  employees: MAX_LIST,
};

/** What is wrong with the settings of an action by their types. */
export async function paramProblems(ctx: Ctx, action: TicketAction, params: ActionParams): Promise<FieldProblem[]> {
  const known = new Map(action.params.map((param) => [param.name, param]));
  const strange = Object.keys(params).filter((name) => !known.has(name));
  const problems = strange.map((name) => problem(name, 'macros.paramUnknown'));
  for (const param of action.params) {
    const code = await wrongWith(ctx, param, params[param.name]);
    if (code) problems.push(problem(param.name, code));
  }
  return problems;
}

const problem = (name: string, code: string): FieldProblem => ({
  pointer: `/${name.slice(0, 60).replace(/~/g, '~0').replace(/\//g, '~1')}`,
  code,
  message: '',
});

async function wrongWith(ctx: Ctx, param: ActionParam, value: unknown): Promise<string | undefined> {
  if (value === null && NOBODY.includes(param.type)) return undefined;
  if (isEmpty(value)) return param.isRequired ? 'macros.paramRequired' : undefined;
  if (!SHAPES[param.type](value)) return 'macros.paramWrong';
  const size = sizeOf(value);
  const max = param.max ?? DEFAULT_MAX[param.type];
  if (size !== undefined && ((param.min !== undefined && size < param.min) || (max !== undefined && size > max)))
    return 'macros.paramOutOfRange';
  if (!param.options || !CHOSEN.includes(param.type)) return undefined;
  const options = await param.options(ctx);
  const chosen = Array.isArray(value) ? (value as unknown[]) : [value];
  return chosen.every((each) => options.some((option) => option.value === each)) ? undefined : 'macros.paramNotOffered';
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
}
