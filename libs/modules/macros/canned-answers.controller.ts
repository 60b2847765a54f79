import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import {
  IdParam,
  IfMatch,
  mapPage,
  Returns,
  ReturnsList,
  ReturnsNothing,
  ReturnsPage,
  withEtag,
} from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import {
  CannedAnswerView,
  CreateCannedAnswer,
  FilledAnswerView,
  FilledTextView,
  ListCannedAnswers,
  PreviewCannedAnswer,
  SearchCannedAnswers,
  TextVariableView,
  toCannedAnswerView,
  toFilledAnswerView,
  UpdateCannedAnswer,
} from './canned-answers.dto';
import { CannedAnswers } from './canned-answers.service';
import { MacroPermission } from './macros.access';
import { TextValues } from './text-values.service';

@ApiTags('macros')
@Controller('canned-answers')
export class CannedAnswersController {
  constructor(
    private readonly answers: CannedAnswers,
    private readonly texts: TextValues,
  ) {}

  /** Answers you may use, by title. */
  @Get()
  @Allow(MacroPermission.use)
  @ReturnsPage(CannedAnswerView)
  async list(@Context() ctx: Ctx, @Query() query: ListCannedAnswers) {
    return mapPage(await this.answers.list(ctx, query), (row) => toCannedAnswerView(ctx, row));
  }

  /** The best answers for what was typed after `/`, with the ticket's values put in. */
  @Get('search')
  @Allow(MacroPermission.use)
  @ReturnsList(FilledAnswerView)
  async search(@Context() ctx: Ctx, @Query() query: SearchCannedAnswers) {
    return { data: (await this.answers.search(ctx, query)).map((row) => toFilledAnswerView(ctx, row)) };
  }

  /** What may stand between the brackets of a text. */
  @Get('variables')
  @Allow(MacroPermission.use)
  @ReturnsList(TextVariableView)
  async variables(@Context() ctx: Ctx) {
    return { data: await this.texts.offered(ctx) };
  }

  /** The text as it would be put into an answer of the ticket; unknown variables are refused by name. */
  @Post('preview')
  @Allow(MacroPermission.use)
  @Returns(FilledTextView)
  async preview(@Context() ctx: Ctx, @Body() { html, ticketId }: PreviewCannedAnswer) {
    return { html: await this.texts.fillChecked(ctx, html, ticketId ?? null) };
  }

  @Post()
  @Allow(MacroPermission.use)
  @Returns(CannedAnswerView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreateCannedAnswer,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toCannedAnswerView(ctx, await this.answers.create(ctx, input)));
  }

  @Get(':id')
  @Allow(MacroPermission.use)
  @Returns(CannedAnswerView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCannedAnswerView(ctx, await this.answers.get(ctx, id)));
  }

  @Patch(':id')
  @ApiExtension('x-versioned', true)
  @Allow(MacroPermission.use)
  @Returns(CannedAnswerView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateCannedAnswer,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toCannedAnswerView(ctx, await this.answers.update(ctx, id, version, input)));
  }

  @Delete(':id')
  @Allow(MacroPermission.use)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.answers.delete(ctx, id);
  }
}
