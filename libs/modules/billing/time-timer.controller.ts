import { Body, Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsNothing } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { BillingPermission } from './billing.access';
import { TimeEntryView, toTimeEntryView } from './time-entries.dto';
import { MyTimerView, StartTimer, StopTimer, toTimerView } from './time-timer.dto';
import { TimeTimers } from './time-timers.service';

@ApiTags('time')
@Controller('me/timer')
export class TimeTimerController {
  constructor(private readonly timers: TimeTimers) {}

  /** One's timer, or null. It runs on whatever happens to the window or the server. */
  @Get()
  @Allow(BillingPermission.log_time)
  @Returns(MyTimerView)
  get(@Context() ctx: Ctx) {
    return this.show(ctx);
  }

  /** Starts the timer on a ticket, or lets it go on there. A timer on another ticket ends with an entry, told in `logged`. */
  @Put()
  @Allow(BillingPermission.log_time)
  @Returns(MyTimerView)
  async start(@Context() ctx: Ctx, @Body() { ticketId }: StartTimer) {
    const logged = await this.timers.start(ctx, ticketId);
    return { ...(await this.show(ctx)), logged: logged && toTimeEntryView(ctx, logged.row, logged.warnings) };
  }

  @Post('pause')
  @Allow(BillingPermission.log_time)
  @Returns(MyTimerView)
  async pause(@Context() ctx: Ctx) {
    await this.timers.pause(ctx);
    return this.show(ctx);
  }

  @Post('resume')
  @Allow(BillingPermission.log_time)
  @Returns(MyTimerView)
  async resume(@Context() ctx: Ctx) {
    await this.timers.resume(ctx);
    return this.show(ctx);
  }

  /** Ends the timer with an entry of what it measured, rounded up to the timer's step. */
  @Post('stop')
  @Allow(BillingPermission.log_time)
  @Returns(TimeEntryView, 201)
  async stop(@Context() ctx: Ctx, @Body() input: StopTimer) {
    const { row, warnings } = await this.timers.stop(ctx, input);
    return toTimeEntryView(ctx, row, warnings);
  }

  /** Throws the measured time away. */
  @Delete()
  @Allow(BillingPermission.log_time)
  @ReturnsNothing()
  async discard(@Context() ctx: Ctx) {
    await this.timers.discard(ctx);
  }

  private async show(ctx: Ctx): Promise<MyTimerView> {
    const row = await this.timers.find(ctx);
    return { timer: row ? toTimerView(row, ctx.now()) : null, logged: null };
  }
}
