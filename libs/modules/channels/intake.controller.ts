import { Readable } from 'node:stream';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsList, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ChannelPermission } from './channels.access';
import { DecideIntake, IntakeCountView, IntakeView, ListIntake, toIntakeView } from './intake.dto';
import { Intake } from './intake.service';
import { IntakeDesk } from './intake-desk.service';

@ApiTags('intake')
@Controller('intake')
export class IntakeController {
  constructor(
    private readonly intake: Intake,
    private readonly desk: IntakeDesk,
  ) {}

  /** The intake journal: every mail that reached us, newest first, with its state and reason. */
  @Get()
  @Allow(ChannelPermission.read_intake)
  @ReturnsPage(IntakeView)
  async list(@Context() ctx: Ctx, @Query() query: ListIntake) {
    return mapPage(await this.intake.list(ctx, query), (row) => toIntakeView(ctx, row));
  }

  /** How many mails are in each state. */
  @Get('counts')
  @Allow(ChannelPermission.read_intake)
  @ReturnsList(IntakeCountView)
  async counts(@Context() ctx: Ctx) {
    return { data: await this.intake.counts(ctx) };
  }

  @Get(':id')
  @Allow(ChannelPermission.read_intake)
  @Returns(IntakeView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toIntakeView(ctx, await this.intake.get(ctx, id));
  }

  /** The mail as it came, byte for byte. */
  @Get(':id/raw')
  @Allow(ChannelPermission.read_intake)
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  @Header('x-content-type-options', 'nosniff')
  @ApiOkResponse({
    description: 'The original bytes.',
    content: { 'message/rfc822': { schema: { type: 'string', format: 'binary' } } },
  })
  async raw(@Context() ctx: Ctx, @Param() { id }: IdParam): Promise<StreamableFile> {
    const { size } = await this.intake.get(ctx, id);
    return emlOf(Readable.from(this.intake.readSlices(ctx, id, size)), id, size);
  }

  /** Has a mail read again that was held, ignored or failed. What already became a ticket or a comment stays as it is. */
  @Post(':id/replay')
  @Allow(ChannelPermission.manage_intake)
  @Returns(IntakeView)
  async replay(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toIntakeView(ctx, await this.intake.replay(ctx, id));
  }

  /** Decides about a held mail: attach it to a ticket, open a new one, or leave it. */
  @Post(':id/decide')
  @Allow(ChannelPermission.manage_intake)
  @Returns(IntakeView)
  async decide(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: DecideIntake) {
    return toIntakeView(ctx, await this.desk.decide(ctx, id, input));
  }
}

/** A download: never shown as a page, whatever is inside. */
export const emlOf = (bytes: Readable, id: string, size: number): StreamableFile =>
  new StreamableFile(bytes, { type: 'message/rfc822', disposition: `attachment; filename="${id}.eml"`, length: size });
