import { TicketChanged, TicketCommented, TicketCreated, TicketFacts } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { type Delivery, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { SlaClocks } from './sla-clocks.service';
import { SlaSetup } from './sla-setup.service';

/** Fields of which clocks are made, or which their rows show. */
const TOLD = new Set([
  'statusId',
  'assigneeId',
  'teamId',
  'deletedAt',
  'mergedIntoId',
  'merged',
  'putAsideUntil',
  'deadlineAt',
  'comments',
]);
/** Facts of conditions that follow from a field of another name. */
const FACTS_OF: Record<string, readonly string[]> = {
  typeId: ['typeId', 'typeCode'],
  priorityId: ['priorityId', 'priorityCode'],
  companyId: ['companyId', 'companyCategoryIds'],
  objectId: ['objectId', 'objectPathIds'],
  teamId: ['teamId', 'teamLine'],
  statusId: ['statusId', 'statusCategory'],
  files: ['hasFiles'],
};
const factsOf = (field: string): readonly string[] =>
  field.startsWith('customFields.') ? [`cf.${field.slice('customFields.'.length)}`] : (FACTS_OF[field] ?? [field]);

/**
 * What happens to tickets moves their clocks. A handler only says which ticket to look at: the facts are read from its history, so
 * events may come late, twice or in another order.
 */
@Injectable()
export class SlaListener {
  constructor(
    private readonly clocks: SlaClocks,
    private readonly setup: SlaSetup,
    private readonly facts: TicketFacts,
  ) {}

  @On(TicketCreated)
  async created(ctx: Ctx, { ticketId }: PayloadOf<typeof TicketCreated>): Promise<void> {
    await this.clocks.recompute(ctx, [ticketId], { rebinds: true });
  }

  @On(TicketChanged)
  async changed(
    ctx: Ctx,
    { ticketId, fields }: PayloadOf<typeof TicketChanged>,
    { createdAt }: Delivery,
  ): Promise<void> {
    const asked = this.setup.known?.asked;
    const follow = (field: string): string[] => [...factsOf(field), ...this.facts.addedFrom(field)];
    const rebinds = !asked || fields.some((field) => follow(field).some((fact) => asked.has(fact)));
    if (rebinds || fields.some((field) => TOLD.has(field))) {
      await this.clocks.recompute(ctx, [ticketId], { rebinds, hasMoved: fields.includes('statusId') });
    }
    // Another object may keep other hours.
    if (fields.includes('objectId')) await this.clocks.recompute(ctx, [ticketId], { newHoursAt: createdAt });
  }

  /** An answer to the client ends a reaction and begins the wait for the next update; other words move no clock. */
  @On(TicketCommented)
  async commented(ctx: Ctx, event: PayloadOf<typeof TicketCommented>): Promise<void> {
    const isAnswer = event.authorKind === 'employee' && event.kind === 'comment' && event.audience.includes('client');
    if (isAnswer) await this.clocks.recompute(ctx, [event.ticketId]);
  }
}
