import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PutAside, TicketParticipants, TicketWork, UpdateTicket } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { type FieldProblem, fieldProblem, raise } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { repointed } from './problem-words';
import { shapeProblems } from './shape-problems';
import type { ActionOption, ActionParam, ActionParams, StoredAction, TicketAction } from './ticket-action';
import { TicketActions } from './ticket-actions.service';

const label = (action: string) => (ctx: Ctx) => t(ctx, `macros.action.${action}`);
const named = (key: string) => (ctx: Ctx) => t(ctx, `macros.param.${key}`);
const REASON: ActionParam = { name: 'reason', type: 'text', label: named('reason'), max: 500 };
const MAX_AHEAD = 315_360_000;

/** The built-in actions that change fields of a ticket. */
@Injectable()
export class FieldActions implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly actions: TicketActions,
    private readonly work: TicketWork,
    private readonly putAside: PutAside,
    private readonly participants: TicketParticipants,
  ) {}

  onModuleInit(): void {
    const all = [
      this.setFields(),
      this.assign(),
      this.setPriority(),
      this.setType(),
      this.setDeadline(),
      this.aside(),
      this.addObservers(),
    ];
    for (const action of all) this.actions.register(action);
  }

  private setFields(): TicketAction {
    return {
      name: 'set_fields',
      label: label('set_fields'),
      params: [{ name: 'fields', type: 'field_values', label: named('fields'), isRequired: true }],
      check: (_, { fields }) => fieldsProblems(fields),
      run: (ctx, ticketId, { fields }) => this.fill(ctx, ticketId, fields as UpdateTicket),
    };
  }

  private assign(): TicketAction {
    return {
      name: 'assign',
      label: label('assign'),
      params: [
        { name: 'assigneeId', type: 'employee', label: named('assignee'), hint: named('assigneeHint') },
        { name: 'teamId', type: 'team', label: named('team') },
        REASON,
      ],
      check: (_, { assigneeId, teamId }) =>
        assigneeId === undefined && teamId === undefined
          ? [{ pointer: '/assigneeId', code: 'tickets.assigneeRequired', message: '' }]
          : [],
      run: async (ctx, ticketId, { assigneeId, teamId, reason }) => {
        const person = assigneeId === 'me' ? meOf(ctx) : (assigneeId as string | null | undefined);
        await this.work.assign(ctx, ticketId, {
          assigneeId: person,
          teamId: teamId as string | null | undefined,
          reason: (reason as string | undefined) ?? null,
        });
      },
    };
  }

  private setPriority(): TicketAction {
    return {
      name: 'set_priority',
      label: label('set_priority'),
      params: [
        {
          name: 'priorityId',
          type: 'priority',
          label: named('priority'),
          isRequired: true,
          options: this.list('priority'),
        },
      ],
      run: (ctx, ticketId, { priorityId }) => this.put(ctx, ticketId, { priorityId: priorityId as string }),
    };
  }

  private setType(): TicketAction {
    return {
      name: 'set_type',
      label: label('set_type'),
      params: [
        {
          name: 'typeId',
          type: 'ticket_type',
          label: named('type'),
          isRequired: true,
          options: this.list('ticket_type'),
        },
      ],
      run: (ctx, ticketId, { typeId }) => this.put(ctx, ticketId, { typeId: typeId as string }),
    };
  }

  private setDeadline(): TicketAction {
    return {
      name: 'set_deadline',
      label: label('set_deadline'),
      params: [
        { name: 'seconds', type: 'duration', label: named('secondsAhead'), min: 60, max: MAX_AHEAD },
        { name: 'until', type: 'moment', label: named('moment') },
        { name: 'isCleared', type: 'boolean', label: named('clearDeadline') },
        REASON,
      ],
      check: (_, params) => oneOf(params, ['seconds', 'until', 'isCleared']),
      run: (ctx, ticketId, params) =>
        this.put(ctx, ticketId, {
          deadlineAt: params.isCleared ? null : momentOf(ctx, params),
          ...(typeof params.reason === 'string' && { reason: params.reason }),
        }),
    };
  }

  private aside(): TicketAction {
    return {
      name: 'put_aside',
      label: label('put_aside'),
      params: [
        { name: 'seconds', type: 'duration', label: named('secondsAhead'), min: 60, max: MAX_AHEAD },
        { name: 'until', type: 'moment', label: named('moment') },
        REASON,
      ],
      check: (_, params) => oneOf(params, ['seconds', 'until']),
      run: async (ctx, ticketId, params) => {
        const reason = (params.reason as string | undefined) ?? null;
        await this.putAside.put(ctx, ticketId, { until: momentOf(ctx, params), reason });
      },
    };
  }

  private addObservers(): TicketAction {
    return {
      name: 'add_observers',
      label: label('add_observers'),
      params: [
        { name: 'employeeIds', type: 'employees', label: named('employees') },
        { name: 'teamIds', type: 'teams', label: named('teams') },
      ],
      check: (_, { employeeIds, teamIds }) =>
        isList(employeeIds) || isList(teamIds)
          ? []
          : [{ pointer: '/employeeIds', code: 'macros.paramRequired', message: '' }],
      run: async (ctx, ticketId, { employeeIds, teamIds }) => {
        for (const [kind, ids, name] of [
          ['employee', employeeIds, 'employeeIds'],
          ['team', teamIds, 'teamIds'],
        ] as const)
          for (const id of isList(ids) ? (ids as string[]) : [])
            await this.participants
              .addObserver(ctx, ticketId, kind, id)
              .catch((error: unknown) => raise(repointed(error, () => `/${name}`)));
      },
    };
  }

  /** One field; its problems point at the setting. */
  private async put(ctx: TxCtx, ticketId: string, fields: UpdateTicket): Promise<void> {
    await this.fill(ctx, ticketId, fields).catch((error: unknown) =>
      raise(repointed(error, (at) => at.replace('/fields', ''))),
    );
  }

  /** Fields as `PATCH` takes them; whatever the form and the rights say about it holds. */
  private async fill(ctx: TxCtx, ticketId: string, fields: UpdateTicket): Promise<void> {
    await this.work.withFields(ctx, ticketId, fields, () => Promise.resolve());
  }

  /** Rows in use, in their order, as options. */
  private list(table: 'priority' | 'ticket_type'): (ctx: Ctx) => Promise<ActionOption[]> {
    return (ctx) =>
      this.db.query<ActionOption>(
        ctx,
        `SELECT id AS value, name->>$1::text AS label FROM ${table} WHERE "archivedAt" IS NULL ORDER BY position, id`,
        [ctx.locale],
      );
  }
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;

/** The values a macro sets: the shape of a change of a ticket, and not an empty one. */
async function fieldsProblems(fields: unknown): Promise<FieldProblem[]> {
  if (!Object.keys(fields as object).length) return [{ pointer: '/fields', code: 'macros.paramRequired', message: '' }];
  return (await shapeProblems(UpdateTicket, fields)).map((each) => ({ ...each, pointer: `/fields${each.pointer}` }));
}

/** Where a date promised by hand lacks its reason: a macro has a name that tells why, a person's own list of actions has none. */
export const unexplainedDeadlines = (list: readonly StoredAction[]): FieldProblem[] =>
  list.flatMap(({ action, params }, index) => {
    const fields = action === 'set_fields' ? (params.fields as UpdateTicket) : params;
    const isPromised = action === 'set_deadline' ? !params.isCleared : action === 'set_fields' && !!fields.deadlineAt;
    const isExplained = typeof fields.reason === 'string' && fields.reason.trim() !== '';
    const place = action === 'set_fields' ? '/fields/reason' : '/reason';
    const pointer = `/actions/${index}/params${place}`;
    return isPromised && !isExplained ? [{ pointer, code: 'tickets.deadlineReason', message: '' }] : [];
  });

/** Exactly one of several ways to say it. */
function oneOf(params: ActionParams, names: readonly string[]): FieldProblem[] {
  const given = names.filter((name) => params[name] !== undefined && params[name] !== null && params[name] !== false);
  if (given.length === 1) return [];
  return [
    {
      pointer: `/${given[1] ?? names[0]!}`,
      code: given.length ? 'macros.paramTwice' : 'macros.paramRequired',
      message: '',
    },
  ];
}

const momentOf = (ctx: Ctx, { seconds, until }: ActionParams): string =>
  typeof seconds === 'number' ? new Date(ctx.now().getTime() + seconds * 1000).toISOString() : (until as string);

function meOf({ actor }: Ctx): string {
  if (actor.kind !== 'employee') throw fieldProblem('/assigneeId', 'macros.meIsNobody');
  return actor.id;
}
