import type { Ctx } from '@opora/platform/context';
import type { TxCtx } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';

/** Where a list of actions stands. */
export const ACTION_PLACES = ['macro', 'rule', 'bulk'] as const;
export type ActionPlace = (typeof ACTION_PLACES)[number];

/**
 * What a setting of an action is. `employee` may be `me` and, like `team`, null for nobody; `status` is a status's code, the same in all
 * processes; `duration` is whole seconds from the moment of the run; `field_values` are fields of a ticket as `PATCH /tickets/{id}` takes
 * them; `secret` is typed unseen and shown as dots by whoever keeps it; `rich_text` may hold the variables of canned answers.
 */
export const ACTION_PARAM_TYPES = [
  'text',
  'long_text',
  'rich_text',
  'number',
  'boolean',
  'choice',
  'choices',
  'status',
  'priority',
  'ticket_type',
  'team',
  'teams',
  'employee',
  'employees',
  'checklist_template',
  'field_values',
  'duration',
  'moment',
  'url',
  'secret',
  'reference',
] as const;
export type ActionParamType = (typeof ACTION_PARAM_TYPES)[number];

export type ActionOption = { value: string; label: string };

/** One setting of an action. */
export type ActionParam = {
  name: string;
  type: ActionParamType;
  label(ctx: Ctx): string;
  hint?(ctx: Ctx): string;
  isRequired?: boolean;
  /** What may be chosen, where the list is short; others are picked by search. */
  options?(ctx: Ctx): Promise<ActionOption[]> | ActionOption[];
  /** Of numbers and durations the value, of texts the length, of lists the count. */
  min?: number;
  max?: number;
};

export type ActionParams = Record<string, unknown>;
/** An action as macros, rules and runs keep it. */
export type StoredAction = { action: string; params: ActionParams };

/** One thing an action changes, in words; moments as RFC 3339. */
export type ActionLine = { label: string; before: string | null; after: string | null };

/** What an action did beside fields of the ticket; kept as long as the run can be undone. */
export type ActionTrace = Record<string, unknown>;

/** Something that can be done to a ticket by a macro, a rule or for many tickets at once. Modules above register theirs. */
export type TicketAction = {
  name: string;
  label(ctx: Ctx): string;
  params: readonly ActionParam[];
  /** Where it may stand; everywhere when left out. */
  isFor?: readonly ActionPlace[];
  /** What is wrong with the settings beyond what their types say; pointers begin at the params, such as `/teamId`. */
  check?(ctx: Ctx, params: ActionParams): Promise<FieldProblem[]> | FieldProblem[];
  /**
   * What it would do beside changing fields of the ticket: a comment, a message. Fields need no words here: a preview runs the action in a
   * transaction that is rolled back and reads what the ticket's history would say.
   */
  preview?(ctx: TxCtx, ticketId: string, params: ActionParams): Promise<ActionLine[]>;
  /**
   * Does it, in the caller's transaction, through services that ask the actor's rights and the guards. Effects outside the database go
   * through jobs. A refusal is a thrown problem; its pointers begin at the params.
   */
  run(ctx: TxCtx, ticketId: string, params: ActionParams): Promise<ActionTrace | void>;
  /** Takes back what the trace tells of; false where that is no longer possible. Fields of the ticket are taken back without it. */
  undo?(ctx: TxCtx, ticketId: string, trace: ActionTrace): Promise<boolean>;
};
