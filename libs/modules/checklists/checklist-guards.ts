import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Ticket, type TransitionGuard, TransitionGuards } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import type { ItemFacts } from './checklist-item';
import { standsBefore } from './checklist-rules';

type OpenItem = Pick<ItemFacts, 'title' | 'isRequired' | 'requiredTo' | 'requiredFrom' | 'isClientVisible'> & {
  checklist: string;
};
type Facts = Parameters<TransitionGuard['check']>[2];
const NAMED = 5;

/**
 * `checklist`: items required before a status stand before it, everywhere. `checklist_complete`: a transition may ask for all items of
 * all checklists, or for all required ones whatever their statuses.
 */
@Injectable()
export class ChecklistGuards implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly guards: TransitionGuards,
  ) {}

  onModuleInit(): void {
    this.guards.register({
      name: 'checklist',
      check: (ctx, ticket, transition) => this.required(ctx, ticket, transition),
    });
    this.guards.register({
      name: 'checklist_complete',
      label: (ctx) => t(ctx, 'checklists.guard.name'),
      params: [
        {
          name: 'which',
          type: 'choice',
          label: (ctx) => t(ctx, 'checklists.guard.which'),
          default: 'all',
          options: (ctx) => ['all', 'required'].map((value) => ({ value, label: t(ctx, `checklists.guard.${value}`) })),
        },
      ],
      check: async (ctx, ticket, _transition, { which }) => {
        const open = await this.open(ctx, ticket);
        return said(ctx, which === 'required' ? open.filter(({ isRequired }) => isRequired) : open);
      },
    });
  }

  private async required(ctx: Ctx, ticket: Ticket, { fromId, toId, toCategory }: Facts): Promise<string | null> {
    const move = { fromId, fromCategory: ticket.statusCategory, toId, toCategory };
    const open = await this.open(ctx, ticket);
    return said(
      ctx,
      open.filter((item) => standsBefore(item, move)),
    );
  }

  /** Items with empty cells; one lookup by key where there are none. */
  private open(ctx: Ctx, ticket: Ticket): Promise<OpenItem[]> {
    return this.db.prepared<OpenItem>(
      ctx,
      `SELECT i.title, i."isRequired", i."requiredTo", i."requiredFrom", i."isClientVisible", c.name AS checklist
       FROM (SELECT 1 FROM ticket_checklist WHERE "ticketId" = $1 AND done < total) present
         CROSS JOIN checklist c JOIN checklist_item i ON i."checklistId" = c.id
       WHERE c."ticketId" = $1 AND i.kind = 'item'
         AND (SELECT count(*) FROM checklist_mark m WHERE m."itemId" = i.id) < greatest(1, jsonb_array_length(c.subjects))
       ORDER BY c.position, c.id, i.position`,
      [ticket.id],
    );
  }
}

function said(ctx: Ctx, items: readonly OpenItem[]): string | null {
  if (!items.length) return null;
  if (ctx.actor.kind === 'contact') return saidToClient(ctx, items);
  const names = items.slice(0, NAMED).map(({ checklist, title }) => `${checklist}: ${title}`);
  const more = items.length - names.length;
  return t(ctx, more ? 'checklists.guard.unmetMore' : 'checklists.guard.unmet', {
    count: items.length,
    items: names.join('; '),
    more,
  });
}

/** A client is told of his own part by name, of the rest that there is some. */
function saidToClient(ctx: Ctx, items: readonly OpenItem[]): string {
  const shown = items.filter(({ isClientVisible }) => isClientVisible);
  if (!shown.length) return t(ctx, 'checklists.guard.forClientInner');
  const names = shown.slice(0, NAMED).map(({ title }) => title);
  const more = items.length - names.length;
  return t(ctx, more ? 'checklists.guard.forClientMore' : 'checklists.guard.forClient', {
    items: names.join('; '),
    more,
  });
}
