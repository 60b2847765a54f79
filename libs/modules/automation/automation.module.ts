import { Module } from '@nestjs/common';
import { TicketsModule } from '@opora/modules/tickets';

@Module({ imports: [TicketsModule] })
export class AutomationModule {}
