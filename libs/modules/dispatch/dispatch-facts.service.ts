import { type ConditionField, OPERATORS_OF } from '@opora/modules/fields';
import { type AddedFacts, TicketFacts } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TICKET_ZONES } from './places.query';
import { Zones } from './zones.service';

/** What conditions may ask of a ticket's place: in which zones it lies. */
@Injectable()
export class DispatchFacts implements OnModuleInit {
  constructor(
    private readonly ticketFacts: TicketFacts,
    private readonly zones: Zones,
  ) {}

  onModuleInit(): void {
    const added: AddedFacts = {
      facts: { zoneIds: { from: ['objectId', 'companyId'], sql: { kind: 'list', value: TICKET_ZONES } } },
      fields: (ctx) => this.fields(ctx),
      of: async (ctx, tickets) =>
        (await this.zones.ofPlaces(ctx, tickets)).map(({ zones }) => ({ zoneIds: zones.map(({ id }) => id) })),
    };
    this.ticketFacts.register(added);
  }

  private async fields(ctx: Ctx): Promise<ConditionField[]> {
    const zones = await this.zones.list(ctx);
    return [
      {
        name: 'zoneIds',
        label: t(ctx, 'dispatch.field.zoneIds'),
        type: 'choices',
        isList: true,
        options: zones.map(({ id, name }) => ({ value: id, label: name })),
        ops: OPERATORS_OF.choices,
      },
    ];
  }
}
