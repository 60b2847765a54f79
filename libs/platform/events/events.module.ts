import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { redisOptions } from '../live/redis';
import { settings } from '../settings';
import { Carrier, DELIVERIES } from './carrier';
import { Events, Jobs } from './events.service';
import { Handlers } from './handlers';
import { OutboxController } from './outbox.controller';
import { OutboxHousekeeping } from './housekeeping';
import { OutboxCommands } from './outbox.commands';
import { Outbox } from './outbox.service';
import { Relay } from './relay';
import { Runner } from './runner';
import { Wake } from './wake';
import { Workers } from './workers';

@Global()
@Module({})
export class EventsModule {
  static forRoot(): DynamicModule {
    const { REDIS_URL } = settings();
    const bull = REDIS_URL
      ? [
          BullModule.forRoot({ prefix: 'opora', redis: redisOptions(REDIS_URL) }),
          BullModule.registerQueue({ name: DELIVERIES }),
        ]
      : [];
    return {
      module: EventsModule,
      imports: [DiscoveryModule, ...bull],
      controllers: [OutboxController],
      providers: [
        Handlers,
        Wake,
        Events,
        Jobs,
        Runner,
        Carrier,
        Relay,
        Outbox,
        OutboxHousekeeping,
        OutboxCommands,
        Workers,
      ],
      exports: [Handlers, Wake, Events, Jobs, Relay, Outbox, Workers],
    };
  }
}
