import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ActionParams, type TicketAction, TicketActions } from '@opora/modules/macros';
import { type TicketCard, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { ApprovalCatalogue } from './approval-catalogue.service';
import { ApprovalProgress } from './approval-progress.service';
import type { FlowPerson } from './approval-flow';
import { actorOf } from './approval-story';
import { Approvals, mayStart } from './approvals.service';
import { moneyOf } from './route-choice';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Macros, rules and bulk runs begin an approval of the ticket. */
@Injectable()
export class ApprovalAction implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly actions: TicketActions,
    private readonly tickets: Tickets,
    private readonly approvals: Approvals,
    private readonly progress: ApprovalProgress,
    private readonly catalogue: ApprovalCatalogue,
  ) {}

  onModuleInit(): void {
    this.actions.register(this.action());
  }

  private action(): TicketAction {
    return {
      name: 'start_approval',
      label: (ctx) => t(ctx, 'approvals.action.name'),
      params: [
        {
          name: 'kind',
          type: 'choice',
          isRequired: true,
          label: (ctx) => t(ctx, 'approvals.action.kind'),
          options: (ctx) => this.kinds(ctx),
        },
        {
          name: 'title',
          type: 'text',
          isRequired: true,
          max: 200,
          label: (ctx) => t(ctx, 'approvals.action.title'),
          hint: (ctx) => t(ctx, 'approvals.action.titleHint', { number: '{number}', subject: '{subject}' }),
        },
        { name: 'text', type: 'long_text', label: (ctx) => t(ctx, 'approvals.action.text') },
        {
          name: 'amount',
          type: 'text',
          max: 20,
          label: (ctx) => t(ctx, 'approvals.action.amount'),
          hint: (ctx) => t(ctx, 'approvals.action.amountHint'),
        },
      ],
      check: (_ctx, { amount }) =>
        textOf(amount) && moneyOf(textOf(amount)) === undefined
          ? [{ pointer: '/amount', code: 'validation.isAmount', message: '' }]
          : [],
      preview: async (ctx, ticketId, params) => [
        {
          label: t(ctx, 'approvals.action.name'),
          before: null,
          after: titleOf(params, await this.tickets.get(ctx, ticketId)),
        },
      ],
      run: (ctx, ticketId, params) => this.run(ctx, ticketId, params),
      undo: (ctx, _ticketId, { approvalId }) => this.undo(ctx, String(approvalId)),
    };
  }

  private async kinds(ctx: Ctx): Promise<{ value: string; label: string }[]> {
    const kinds = await this.catalogue.list(ctx, 'kind');
    return kinds.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name[ctx.locale] }));
  }

  private async run(ctx: TxCtx, ticketId: string, params: ActionParams): Promise<{ approvalId: string }> {
    if (!mayStart(ctx)) throw AccessError.denied();
    const ticket = await this.tickets.get(ctx, ticketId);
    const initiator = actorOf(ctx) ?? (await this.responsible(ctx, ticket.id));
    if (!initiator) throw fieldProblem('/kind', 'approvals.noInitiator');
    const wanted = {
      kindId: textOf(params.kind),
      title: titleOf(params, ticket),
      text: textOf(params.text),
      amount: textOf(params.amount) || null,
      ticketId: ticket.id,
    };
    return { approvalId: await this.approvals.start(ctx, wanted, initiator) };
  }

  /** Rules have no person: whoever has the ticket asks, else the lead of its team. */
  private async responsible(ctx: Ctx, ticketId: string): Promise<FlowPerson | null> {
    const [row] = await this.db.query<{ id: string | null }>(
      ctx,
      `SELECT e.id FROM ticket t LEFT JOIN team g ON g.id = t."teamId" JOIN employee e ON e.id = COALESCE(t."assigneeId", g."leadId")
       WHERE t.id = $1 AND e."isActive" AND e."archivedAt" IS NULL`,
      [ticketId],
    );
    return row?.id ? { kind: 'employee', id: row.id } : null;
  }

  /** Taken back as long as nobody has decided. */
  private async undo(ctx: TxCtx, approvalId: string): Promise<boolean> {
    const held = (await this.progress.hold(ctx, approvalId)) ?? raise(AccessError.denied());
    const isUntouched = held.approval.state === 'waiting' && !held.facts.some(({ kind }) => kind === 'decided');
    if (isUntouched) await this.progress.apply(ctx, held, [{ kind: 'recalled', data: { comment: '' } }]);
    return isUntouched;
  }
}

/** `{number}` and `{subject}` become those of the ticket. */
const titleOf = ({ title }: ActionParams, { number, subject }: Pick<TicketCard, 'number' | 'subject'>): string =>
  textOf(title).replaceAll('{number}', String(number)).replaceAll('{subject}', subject).slice(0, 300);
