import { Module } from '@nestjs/common';
import { ClientsModule } from '@opora/modules/clients';
import { FeedbackModule } from '@opora/modules/feedback';
import { FieldsModule } from '@opora/modules/fields';
import { MacrosModule } from '@opora/modules/macros';
import { NotificationsModule } from '@opora/modules/notifications';
import { PeopleModule } from '@opora/modules/people';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { ConditionWords } from './condition-words.service';
import { ruleControllers, ruleProviders } from './rule-parts';
import { RuleSeed } from './rules.seed';
import { RoutingSeed } from './routing.seed';
import { routingControllers, routingProviders } from './routing-parts';

@Module({
  imports: [
    PeopleModule,
    FieldsModule,
    ClientsModule,
    TicketsModule,
    SlaModule,
    MacrosModule,
    FeedbackModule,
    NotificationsModule,
  ],
  controllers: [...routingControllers, ...ruleControllers],
  providers: [ConditionWords, ...routingProviders, ...ruleProviders],
  exports: [RoutingSeed, RuleSeed],
})
export class AutomationModule {}
