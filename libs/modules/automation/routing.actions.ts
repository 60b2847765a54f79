import { TicketActions } from '@opora/modules/macros';
import { TicketPermission, TicketRerouting } from '@opora/modules/tickets';
import { t } from '@opora/platform/i18n';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/** «Route again» for macros, rules and runs over many tickets. */
@Injectable()
export class RoutingActions implements OnModuleInit {
  constructor(
    private readonly actions: TicketActions,
    private readonly rerouting: TicketRerouting,
  ) {}

  onModuleInit(): void {
    this.actions.register({
      name: 'route',
      label: (ctx) => t(ctx, 'routing.action'),
      params: [],
      run: async (ctx, ticketId) => {
        await this.rerouting.run(ctx, ticketId, TicketPermission.assign);
      },
    });
  }
}
