import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsNothing, ReturnsPage, withEtag } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AbsenceView, CreateAbsence, ListAbsences, toAbsenceView, UpdateAbsence } from './absences.dto';
import type { AbsenceRow } from './absences.query';
import { Absences } from './absences.service';

/** Everybody tells when he himself is away; `people.manage_absences` tells it of others. */
@ApiTags('people')
@Controller('absences')
export class AbsencesController {
  constructor(private readonly absences: Absences) {}

  /** Absences of oneself and of the colleagues one sees, the latest first. */
  @Get()
  @SignedIn()
  @ReturnsPage(AbsenceView)
  async list(@Context() ctx: Ctx, @Query() query: ListAbsences) {
    const { data, page } = await this.absences.list(ctx, query);
    return { data: await this.viewsOf(ctx, data), page };
  }

  /** Tells of an absence. It may not overlap another one of the same person. */
  @Post()
  @SignedIn()
  @Returns(AbsenceView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateAbsence, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.viewOf(ctx, await this.absences.create(ctx, input)));
  }

  @Get(':id')
  @SignedIn()
  @Returns(AbsenceView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.viewOf(ctx, await this.absences.get(ctx, id)));
  }

  /** Changes an absence; fields that are left out stay. */
  @Patch(':id')
  @ApiExtension('x-versioned', true)
  @SignedIn()
  @Returns(AbsenceView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateAbsence,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, await this.viewOf(ctx, await this.absences.update(ctx, id, version, input)));
  }

  /** Takes an absence back. */
  @Delete(':id')
  @HttpCode(204)
  @SignedIn()
  @ReturnsNothing()
  remove(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.absences.delete(ctx, id);
  }

  private async viewOf(ctx: Ctx, row: AbsenceRow): Promise<AbsenceView> {
    return (await this.viewsOf(ctx, [row]))[0]!;
  }

  private async viewsOf(ctx: Ctx, rows: AbsenceRow[]): Promise<AbsenceView[]> {
    const standIns = await this.absences.standInsOf(ctx, rows);
    return rows.map((row, index) => toAbsenceView(row, standIns[index]!, ctx.now()));
  }
}
