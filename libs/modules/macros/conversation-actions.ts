import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Checklists } from '@opora/modules/checklists';
import { type Audience, AUDIENCES, Comments, TicketReversal, TicketWork } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { convert } from 'html-to-text';
import { TextValues } from './text-values.service';
import type { ActionOption, ActionParam, ActionParams, ActionTrace, TicketAction } from './ticket-action';
import { TicketActions } from './ticket-actions.service';

const label = (action: string) => (ctx: Ctx) => t(ctx, `macros.action.${action}`);
const named = (key: string) => (ctx: Ctx) => t(ctx, `macros.param.${key}`);
const PREVIEWED = 500;

/** The built-in actions that move a ticket along its process, write comments and put checklists on. */
@Injectable()
export class ConversationActions implements OnModuleInit {
  /** Read once for a request, however many actions name a status. */
  private readonly asked = new WeakMap<Ctx, Promise<ActionOption[]>>();

  constructor(
    private readonly db: Db,
    private readonly actions: TicketActions,
    private readonly work: TicketWork,
    private readonly comments: Comments,
    private readonly reversal: TicketReversal,
    private readonly checklists: Checklists,
    private readonly texts: TextValues,
  ) {}

  onModuleInit(): void {
    for (const action of [this.transition(), this.comment(), this.addChecklist()]) this.actions.register(action);
  }

  private transition(): TicketAction {
    return {
      name: 'transition',
      label: label('transition'),
      params: [
        {
          name: 'status',
          type: 'status',
          label: named('status'),
          isRequired: true,
          options: (ctx) => this.statuses(ctx),
        },
        { name: 'comment', type: 'rich_text', label: named('transitionComment'), hint: named('variables') },
        audienceParam,
      ],
      check: (ctx, { comment }) => (typeof comment === 'string' ? this.texts.problems(ctx, comment, '/comment') : []),
      preview: (ctx, ticketId, params) => this.foreseeComment(ctx, ticketId, params.comment, params),
      run: async (ctx, ticketId, { status, comment, audience }) => {
        const statusId = await this.statusOf(ctx, ticketId, status as string);
        // It is there already, and there is nothing to say.
        if (statusId === null && !comment) return undefined;
        if (!comment) return void (await this.work.transition(ctx, ticketId, { statusId: statusId! }));
        const html = await this.texts.fill(ctx, comment as string, ticketId);
        const transition = statusId ? { statusId } : undefined;
        const { id } = await this.comments.add(ctx, ticketId, { html, audience: audienceOf(audience), transition });
        return { commentId: id };
      },
      undo: (ctx, ticketId, trace) => this.removeComment(ctx, ticketId, trace),
    };
  }

  private comment(): TicketAction {
    return {
      name: 'comment',
      label: label('comment'),
      params: [
        { name: 'html', type: 'rich_text', label: named('text'), hint: named('variables'), isRequired: true },
        audienceParam,
      ],
      check: (ctx, { html }) => this.texts.problems(ctx, html as string, '/html'),
      preview: (ctx, ticketId, params) => this.foreseeComment(ctx, ticketId, params.html, params),
      run: async (ctx, ticketId, { html, audience }) => {
        const filled = await this.texts.fill(ctx, html as string, ticketId);
        const { id } = await this.comments.add(ctx, ticketId, { html: filled, audience: audienceOf(audience) });
        return { commentId: id };
      },
      undo: (ctx, ticketId, trace) => this.removeComment(ctx, ticketId, trace),
    };
  }

  private addChecklist(): TicketAction {
    return {
      name: 'add_checklist',
      label: label('add_checklist'),
      params: [{ name: 'templateId', type: 'checklist_template', label: named('checklist'), isRequired: true }],
      run: async (ctx, ticketId, { templateId }) => {
        const { id } = await this.checklists.create(ctx, ticketId, { templateId: templateId as string });
        return { checklistId: id };
      },
      undo: (ctx, _ticketId, { checklistId }) => this.removeChecklist(ctx, checklistId as string),
    };
  }

  /** Statuses by their codes: one code means the same in all processes. */
  private statuses(ctx: Ctx): Promise<ActionOption[]> {
    const kept = this.asked.get(ctx);
    const statuses = kept ?? this.readStatuses(ctx);
    if (!kept) this.asked.set(ctx, statuses);
    return statuses;
  }

  private readStatuses(ctx: Ctx): Promise<ActionOption[]> {
    return this.db.query<ActionOption>(
      ctx,
      `SELECT code AS value, min(name->>$1::text) AS label FROM ticket_status WHERE "archivedAt" IS NULL AND "processIds" <> '{}'
       GROUP BY code ORDER BY min(array_position(ARRAY['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'], category)), min(position), code`,
      [ctx.locale],
    );
  }

  /** The status of that code in the ticket's own process; null when the ticket is in it. */
  private async statusOf(ctx: TxCtx, ticketId: string, code: string): Promise<string | null> {
    const [row] = await this.db.query<{ id: string; isThere: boolean }>(
      ctx,
      `SELECT s.id, s.id = t."statusId" AS "isThere" FROM ticket t JOIN ticket_status s ON t."processId" = ANY(s."processIds") AND s.code = $2
       WHERE t.id = $1 ORDER BY s.id = t."statusId" DESC LIMIT 1`,
      [ticketId, code],
    );
    if (!row) throw fieldProblem('/status', 'macros.statusNotInProcess');
    return row.isThere ? null : row.id;
  }

  private async foreseeComment(ctx: TxCtx, ticketId: string, html: unknown, { audience }: ActionParams) {
    if (typeof html !== 'string' || !html) return [];
    const text = convert(await this.texts.fill(ctx, html, ticketId), { wordwrap: false }).slice(0, PREVIEWED);
    const key = audienceOf(audience).includes('client') ? 'commentForClient' : 'commentInternal';
    return [{ label: t(ctx, `macros.line.${key}`), before: null, after: text }];
  }

  private async removeComment(ctx: TxCtx, ticketId: string, { commentId }: ActionTrace): Promise<boolean> {
    const ticket = await this.reversal.hold(ctx, ticketId);
    return ticket !== null && this.reversal.removeComment(ctx, ticket, commentId as string);
  }

  /** Only while nobody has ticked or changed anything in it. */
  private async removeChecklist(ctx: TxCtx, id: string): Promise<boolean> {
    const [row] = await this.db.query<{ ticketId: string; name: string; isUntouched: boolean }>(
      ctx,
      `SELECT c."ticketId", c.name, c.version = 1 AND NOT EXISTS (SELECT 1 FROM checklist_mark m WHERE m."checklistId" = c.id) AS "isUntouched"
       FROM checklist c WHERE c.id = $1`,
      [id],
    );
    if (!row) return true;
    if (!row.isUntouched) return false;
    await this.checklists.erase(ctx, [id]);
    await this.checklists.follow(ctx, row.ticketId, { before: row.name, after: null });
    return true;
  }
}

const audienceOf = (value: unknown): Audience[] =>
  value === 'client' ? ['internal', 'client'] : value === 'partner' ? ['internal', 'partner'] : ['internal'];

const audienceParam: ActionParam = {
  name: 'audience',
  type: 'choice',
  label: named('audience'),
  hint: named('audienceHint'),
  options: (ctx) => AUDIENCES.map((value) => ({ value, label: t(ctx, `macros.audience.${value}`) })),
};
