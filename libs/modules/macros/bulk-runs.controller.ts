import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, PageQuery, Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { BulkEnds } from './bulk-ends.service';
import { BulkPreviews } from './bulk-previews.service';
import {
  BulkPreviewView,
  BulkRowView,
  BulkRunView,
  ListBulkRows,
  PreviewBulkRun,
  StartBulkRun,
  toBulkRowView,
  toBulkRunView,
} from './bulk-runs.dto';
import { BulkRuns } from './bulk-runs.service';
import { MacroPermission } from './macros.access';

@ApiTags('macros')
@Controller('bulk-runs')
export class BulkRunsController {
  constructor(
    private readonly runs: BulkRuns,
    private readonly ends: BulkEnds,
    private readonly previews: BulkPreviews,
  ) {}

  /**
   * What a change of many tickets would do: by fields and values with their counts, and which tickets would refuse it and why. Of more than
   * 500 tickets the first 500 are looked at. Writes nothing.
   */
  @Post('preview')
  @Allow(MacroPermission.bulk)
  @Returns(BulkPreviewView)
  preview(@Context() ctx: Ctx, @Body() input: PreviewBulkRun) {
    return this.previews.preview(ctx, input);
  }

  /** Begins to change up to 5,000 tickets in the background, each by itself: guards and rights are asked for every one. */
  @Post()
  @Allow(MacroPermission.bulk)
  @Returns(BulkRunView, 202)
  async start(@Context() ctx: Ctx, @Body() input: StartBulkRun) {
    return toBulkRunView(ctx, await this.runs.start(ctx, input));
  }

  /** Your runs, the newest first. */
  @Get()
  @Allow(MacroPermission.bulk)
  @ReturnsPage(BulkRunView)
  async list(@Context() ctx: Ctx, @Query() query: PageQuery) {
    return mapPage(await this.runs.list(ctx, query), (run) => toBulkRunView(ctx, run));
  }

  @Get(':id')
  @Allow(MacroPermission.bulk, MacroPermission.use)
  @Returns(BulkRunView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toBulkRunView(ctx, await this.runs.get(ctx, id));
  }

  /** What became of each ticket. */
  @Get(':id/rows')
  @Allow(MacroPermission.bulk, MacroPermission.use)
  @ReturnsPage(BulkRowView)
  async rows(@Context() ctx: Ctx, @Param() { id }: IdParam, @Query() query: ListBulkRows) {
    return mapPage(await this.runs.rows(ctx, id, query), (row) => toBulkRowView(ctx, row));
  }

  /** Stops a run: what is done stays done. */
  @Post(':id/cancel')
  @Allow(MacroPermission.bulk)
  @Returns(BulkRunView)
  async cancel(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toBulkRunView(ctx, await this.ends.cancel(ctx, id));
  }

  /**
   * Takes a run back within ten minutes of its end: every field that nobody has changed since gets its value back, statuses without asking
   * guards. What cannot be taken back is named on the rows. A macro's run on one ticket is taken back at once.
   */
  @Post(':id/undo')
  @Allow(MacroPermission.bulk, MacroPermission.use)
  @Returns(BulkRunView, 202)
  async undo(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toBulkRunView(ctx, await this.ends.undo(ctx, id));
  }
}
