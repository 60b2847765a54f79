export {
  declaredMessages,
  defineEvent,
  defineJob,
  type Delivery,
  Every,
  Handles,
  type Message,
  On,
  type PayloadOf,
} from './define';
export { Events, Jobs } from './events.service';
export { EventsModule } from './events.module';
export { Handlers } from './handlers';
export { Lookout } from './lookout';
export { Outbox } from './outbox.service';
export { OUTBOX_STATES, OutboxRow, type OutboxState } from './outbox.entity';
export { Relay } from './relay';
export { MAX_ATTEMPTS } from './runner';
export { Wake } from './wake';
export { Workers } from './workers';
