import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  NotificationDefaultsView,
  NotificationPreviewView,
  NotificationSettingsView,
  SaveNotificationDefaults,
  SaveNotificationSettings,
  TicketMuteView,
} from './notification-settings.dto';
import { NotificationSettings } from './notification-settings.service';
import { NotificationPermission } from './notifications.access';

@ApiTags('notifications')
@Controller()
export class NotificationSettingsController {
  constructor(private readonly settings: NotificationSettings) {}

  /** What I am told, by kind and channel, and when. */
  @Get('notification-settings')
  @SignedIn()
  @Returns(NotificationSettingsView)
  get(@Context() ctx: Ctx) {
    return this.settings.get(ctx);
  }

  /** Changes what is given and leaves the rest; what waits for its time is put to the new one. */
  @Put('notification-settings')
  @SignedIn()
  @Returns(NotificationSettingsView)
  save(@Context() ctx: Ctx, @Body() input: SaveNotificationSettings) {
    return this.settings.save(ctx, input);
  }

  /** Where and when each kind would reach me if it happened now. */
  @Get('notification-settings/preview')
  @SignedIn()
  @Returns(NotificationPreviewView)
  preview(@Context() ctx: Ctx) {
    return this.settings.preview(ctx);
  }

  /** The organisation's defaults and what nobody may switch off. */
  @Get('notification-defaults')
  @Allow(NotificationPermission.manage_defaults)
  @Returns(NotificationDefaultsView)
  defaults(@Context() ctx: Ctx) {
    return this.settings.defaults(ctx);
  }

  @Put('notification-defaults')
  @Allow(NotificationPermission.manage_defaults)
  @Returns(NotificationDefaultsView)
  saveDefaults(@Context() ctx: Ctx, @Body() input: SaveNotificationDefaults) {
    return this.settings.saveDefaults(ctx, input);
  }

  /** Whether I have muted the ticket. */
  @Get('tickets/:id/mute')
  @SignedIn()
  @Returns(TicketMuteView)
  async isMuted(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return { isMuted: await this.settings.isMuted(ctx, id) };
  }

  /** I hear nothing more of the ticket, but what the organisation does not let anybody switch off. */
  @Put('tickets/:id/mute')
  @SignedIn()
  @Returns(TicketMuteView)
  async mute(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.settings.mute(ctx, id, true);
    return { isMuted: true };
  }

  @Delete('tickets/:id/mute')
  @SignedIn()
  @Returns(TicketMuteView)
  async unmute(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.settings.mute(ctx, id, false);
    return { isMuted: false };
  }
}
