import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { BillingPermission } from './billing.access';
import { TimeSettingsView, toTimeSettingsView, UpdateTimeSettings } from './time-settings.dto';
import { TimeRules } from './time-settings.service';

@ApiTags('time')
@Controller('time-settings')
export class TimeSettingsController {
  constructor(private readonly rules: TimeRules) {}

  /** The edit window, the closed period and the timer's step. */
  @Get()
  @Allow(BillingPermission.log_time, BillingPermission.read, BillingPermission.lock_periods)
  @Returns(TimeSettingsView)
  async get(@Context() ctx: Ctx) {
    return toTimeSettingsView(await this.rules.get(ctx));
  }

  /** Changes what is given; closing a period holds for everybody. */
  @Put()
  @Allow(BillingPermission.lock_periods)
  @Returns(TimeSettingsView)
  async update(@Context() ctx: Ctx, @Body() input: UpdateTimeSettings) {
    return toTimeSettingsView(await this.rules.update(ctx, input));
  }
}
