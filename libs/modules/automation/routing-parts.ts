/** What the module registers for the routing table. */
import { AbsenceTicketsController } from './absence-tickets.controller';
import { AbsenceTickets } from './absence-tickets.service';
import { RoutingActions } from './routing.actions';
import { RoutingCheck } from './routing-check.service';
import { RoutingListener } from './routing.listener';
import { RoutingRowsController } from './routing-rows.controller';
import { RoutingRows } from './routing-rows.service';
import { RoutingSeed } from './routing.seed';
import { RoutingTable } from './routing-table.service';
import { RoutingTesterController } from './routing-tester.controller';
import { RoutingTester } from './routing-tester.service';

export const routingControllers = [AbsenceTicketsController, RoutingRowsController, RoutingTesterController];
export const routingProviders = [
  AbsenceTickets,
  RoutingActions,
  RoutingCheck,
  RoutingListener,
  RoutingRows,
  RoutingSeed,
  RoutingTable,
  RoutingTester,
];
