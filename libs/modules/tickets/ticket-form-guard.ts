import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TicketForms } from './ticket-forms.service';
import type { Ticket } from './ticket.entity';
import { type TransitionFacts, TransitionGuards } from './transition-guards';

/** Nobody moves a ticket on before its form has what it asks for in the status it would enter. */
@Injectable()
export class TicketFormGuard implements OnModuleInit {
  constructor(
    private readonly guards: TransitionGuards,
    private readonly forms: TicketForms,
  ) {}

  onModuleInit(): void {
    this.guards.register({ name: 'form', check: (ctx, ticket, transition) => this.check(ctx, ticket, transition) });
  }

  private async check(ctx: Ctx, ticket: Ticket, { toId, toCategory }: TransitionFacts): Promise<string | null> {
    // What the house does by itself, such as a return at its moment, is not held up.
    if (ctx.actor.kind === 'system') return null;
    const incomplete = await this.forms.incomplete(ctx, ticket, { statusId: toId, statusCategory: toCategory });
    // A client is not told of fields of the house.
    const known = ctx.actor.kind === 'contact' ? await this.forms.knownToClients(ctx, incomplete) : incomplete;
    const named = (isMissing: boolean): string =>
      known
        .filter(({ code }) => (code === 'tickets.fieldRequired') === isMissing)
        .map(({ label }) => label)
        .join(', ');
    const told = [
      named(true) && t(ctx, 'tickets.guard.form', { fields: named(true) }),
      named(false) && t(ctx, 'tickets.guard.formWrong', { fields: named(false) }),
      known.length < incomplete.length && t(ctx, 'tickets.guard.formInner'),
    ].filter(Boolean);
    return told.length ? told.join('. ') : null;
  }
}
