import { type ActionParams, type TicketAction, TicketActions } from '@opora/modules/macros';
import type { Ctx } from '@opora/platform/context';
import { newId } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Candidate } from './notification-rules';
import { type Circle, NotificationSender } from './notification-sender';

const WHOM = ['assignee', 'team', 'team_lead', 'observers', 'employees'] as const;
type Whom = (typeof WHOM)[number];
const CIRCLES: Record<Whom, Circle[]> = {
  assignee: ['assignee'],
  team: ['team'],
  team_lead: ['lead'],
  observers: ['observer'],
  employees: [],
};
const LONGEST_TEXT = 500;

const label = (key: string) => (ctx: Ctx) => t(ctx, `notifications.notify.${key}`);

/** Lets macros and rules tell people something. */
@Injectable()
export class NotifyAction implements OnModuleInit {
  constructor(
    private readonly actions: TicketActions,
    private readonly sender: NotificationSender,
  ) {}

  onModuleInit(): void {
    this.actions.register(this.action());
  }

  private action(): TicketAction {
    const options = (ctx: Ctx) =>
      WHOM.map((value) => ({ value, label: t(ctx, `notifications.notify.circle.${value}`) }));
    return {
      name: 'notify',
      label: label('label'),
      params: [
        { name: 'to', type: 'choice', label: label('to'), isRequired: true, options },
        { name: 'employeeIds', type: 'employees', label: label('employees'), max: 50 },
        { name: 'text', type: 'long_text', label: label('text'), isRequired: true, max: LONGEST_TEXT },
      ],
      check: (_, { to, employeeIds }) =>
        to === 'employees' && !idsOf(employeeIds).length
          ? [{ pointer: '/employeeIds', code: 'notifications.employeesMissing', message: '' }]
          : [],
      preview: async (ctx, _, { to, text }) => [
        { label: `${label('line')(ctx)}: ${label(`circle.${String(to)}`)(ctx)}`, before: null, after: String(text) },
      ],
      run: (ctx, ticketId, params) => this.tell(ctx, ticketId, params),
    };
  }

  private async tell(ctx: Ctx, ticketId: string, { to, employeeIds, text }: ActionParams): Promise<void> {
    const named: Candidate[] =
      to === 'employees' ? idsOf(employeeIds).map((employeeId) => ({ employeeId, reason: 'rule' })) : [];
    const { kind, id } = ctx.actor;
    await this.sender.tell(ctx, {
      eventId: newId(),
      ticketId,
      kind: 'rule_notice',
      actorKind: kind === 'employee' || kind === 'contact' ? kind : 'system',
      actorId: kind === 'employee' || kind === 'contact' ? id : null,
      to: CIRCLES[to as Whom],
      named,
      reason: 'rule',
      facts: { text: String(text), rule: whoSays(ctx) },
    });
  }
}

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

function whoSays(ctx: Ctx): string {
  const { cause, actor } = ctx;
  const kind = 'name' in cause && cause.kind !== 'import' && cause.kind !== 'system' ? cause.kind : 'person';
  return t(ctx, `notifications.notify.by.${kind}`, { name: 'name' in cause ? cause.name : actor.name });
}
