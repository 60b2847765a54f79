import { Body, Controller, Get, Param, Patch, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { DispatchPermission } from './dispatch.access';
import type { DispatchSettings } from './engineer.entity';
import {
  DispatchSettingsView,
  EngineerView,
  ListEngineers,
  UpdateDispatchSettings,
  UpdateEngineer,
} from './engineers.dto';
import { Engineers } from './engineers.service';

const toSettingsView = (settings: DispatchSettings): DispatchSettingsView => ({
  roadFactor: settings.roadFactor,
  speedKmh: settings.speedKmh,
  calendarId: settings.calendarId,
  daySeconds: settings.daySeconds,
  visitSeconds: settings.visitSeconds,
  version: settings.version,
});

@ApiTags('dispatch')
@Controller('dispatch')
export class EngineersController {
  constructor(private readonly engineers: Engineers) {}

  /** People by name with skills, zones and base points. */
  @Get('engineers')
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @ReturnsPage(EngineerView)
  list(@Context() ctx: Ctx, @Query() query: ListEngineers) {
    return this.engineers.list(ctx, query);
  }

  /** Changes what is given; `skills` and `zoneIds` replace all of them. */
  @Patch('engineers/:id')
  @Allow(DispatchPermission.manage)
  @Returns(EngineerView)
  update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateEngineer) {
    return this.engineers.update(ctx, id, input);
  }

  /** How travel is estimated and how long a day is. */
  @Get('settings')
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @Returns(DispatchSettingsView)
  async settings(@Context() ctx: Ctx) {
    return toSettingsView(await this.engineers.settings(ctx));
  }

  @Put('settings')
  @Allow(DispatchPermission.manage)
  @Returns(DispatchSettingsView)
  async updateSettings(@Context() ctx: Ctx, @Body() input: UpdateDispatchSettings) {
    return toSettingsView(await this.engineers.updateSettings(ctx, input));
  }
}
