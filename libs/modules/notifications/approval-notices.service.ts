import {
  ApprovalAsked,
  ApprovalDecided,
  type ApprovalFacts,
  ApprovalFinished,
  ApprovalOverdue,
  ApprovalReminded,
  ApprovalReturned,
  ApprovalStuck,
  ApprovalTaskGiven,
} from '@opora/modules/approvals';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { type Delivery, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { NotificationLog } from './notification-log.service';
import type { NotificationKind } from './notification.entity';
import { type Candidate, type Reason, recipientsOf } from './notification-rules';

type Told = {
  kind: NotificationKind;
  reason: Reason | ((employeeId: string) => Reason);
  facts?: Record<string, string>;
};

/** Tells employees what becomes of approvals; the mails that ask for a decision are written by approvals. */
@Injectable()
export class ApprovalNotices {
  constructor(
    private readonly db: Db,
    private readonly log: NotificationLog,
  ) {}

  @On(ApprovalAsked)
  async asked(ctx: Ctx, event: PayloadOf<typeof ApprovalAsked>, delivery: Delivery): Promise<void> {
    await this.tell(ctx, delivery, event, { kind: 'approval_asked', reason: 'approver' });
  }

  @On(ApprovalReminded)
  async reminded(ctx: Ctx, event: PayloadOf<typeof ApprovalReminded>, delivery: Delivery): Promise<void> {
    await this.tell(ctx, delivery, event, { kind: 'approval_reminded', reason: 'approver' });
  }

  @On(ApprovalOverdue)
  async overdue(ctx: Ctx, event: PayloadOf<typeof ApprovalOverdue>, delivery: Delivery): Promise<void> {
    const others = event.isEscalation ? 'escalation' : 'initiator';
    const reason = (id: string): Reason => (id === event.person.id ? 'approver' : others);
    await this.tell(ctx, delivery, event, { kind: 'approval_overdue', reason });
  }

  @On(ApprovalDecided)
  async decided(ctx: Ctx, event: PayloadOf<typeof ApprovalDecided>, delivery: Delivery): Promise<void> {
    const facts = { decision: event.decision };
    await this.tell(ctx, delivery, event, { kind: 'approval_decided', reason: 'initiator', facts });
  }

  @On(ApprovalReturned)
  async returned(ctx: Ctx, event: PayloadOf<typeof ApprovalReturned>, delivery: Delivery): Promise<void> {
    await this.tell(ctx, delivery, event, { kind: 'approval_returned', reason: 'initiator' });
  }

  @On(ApprovalFinished)
  async finished(ctx: Ctx, event: PayloadOf<typeof ApprovalFinished>, delivery: Delivery): Promise<void> {
    const facts = { decision: event.state };
    await this.tell(ctx, delivery, event, { kind: 'approval_finished', reason: 'follower', facts });
  }

  @On(ApprovalTaskGiven)
  async taskGiven(ctx: Ctx, event: PayloadOf<typeof ApprovalTaskGiven>, delivery: Delivery): Promise<void> {
    await this.tell(ctx, delivery, event, { kind: 'approval_task', reason: 'executor' });
  }

  @On(ApprovalStuck)
  async stuck(ctx: Ctx, event: PayloadOf<typeof ApprovalStuck>, delivery: Delivery): Promise<void> {
    await this.tell(ctx, delivery, event, { kind: 'approval_stuck', reason: 'follower' });
  }

  private async tell(
    ctx: Ctx,
    { eventId }: Delivery,
    event: ApprovalFacts,
    { kind, reason, facts }: Told,
  ): Promise<void> {
    const { approvalId, number, title, to, by } = event;
    const candidates = to
      .filter((person) => person.kind === 'employee')
      .map(({ id }): Candidate => ({ employeeId: id, reason: typeof reason === 'function' ? reason(id) : reason }));
    const recipients = recipientsOf(candidates, [by?.kind === 'employee' ? by.id : null]);
    if (!recipients.length) return;
    const actorName = await this.nameOf(ctx, by);
    const notices = recipients.map((recipient) => ({
      eventId,
      recipientId: recipient.employeeId,
      kind,
      ticketId: null,
      approvalId,
      commentId: null,
      actorName,
      reason: recipient.reason,
      facts: { ...facts, approvalNumber: String(number), title },
    }));
    await this.log.note(ctx, notices);
  }

  private async nameOf(ctx: Ctx, by: ApprovalFacts['by']): Promise<string> {
    if (!by) return 'Opora';
    const table = by.kind === 'employee' ? 'employee' : 'contact';
    const [row] = await this.db.query<{ name: string }>(ctx, `SELECT name FROM ${table} WHERE id = $1`, [by.id]);
    return row?.name ?? 'Opora';
  }
}
