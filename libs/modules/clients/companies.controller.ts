import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, mapPage, Returns, ReturnsList, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { ClientsPermission } from './clients.access';
import { CompanyView, CreateCompany, ListCompanies, toCompanyView, UpdateCompany } from './companies.dto';
import { Companies } from './companies.service';
import { ObjectTree } from './object-tree.service';
import { ObjectNodeView, ObjectTreeQuery } from './service-objects.dto';

@ApiTags('companies')
@Controller('companies')
export class CompaniesController {
  constructor(
    private readonly companies: Companies,
    private readonly tree: ObjectTree,
  ) {}

  /** Companies by name. */
  @Get()
  @Allow(ClientsPermission.read)
  @ReturnsPage(CompanyView)
  async list(@Context() ctx: Ctx, @Query() query: ListCompanies) {
    return mapPage(await this.companies.list(ctx, query), (row) => toCompanyView(ctx, row));
  }

  /** Adds a company. One that shares a tax number, phone or domain with another is refused with its `duplicates` unless confirmed. */
  @Post()
  @Allow(ClientsPermission.manage)
  @Returns(CompanyView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateCompany, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCompanyView(ctx, await this.companies.create(ctx, input)));
  }

  @Get(':id')
  @Allow(ClientsPermission.read)
  @Returns(CompanyView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCompanyView(ctx, await this.companies.get(ctx, id)));
  }

  /** Changes fields. Needs `If-Match` with the version seen; other people's changes of other fields stay. */
  @Patch(':id')
  @Allow(ClientsPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(CompanyView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateCompany,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toCompanyView(ctx, await this.companies.update(ctx, id, seen, input)));
  }

  /** Puts the company into the archive: its people lose the portal, its tickets stay readable. */
  @Post(':id/archive')
  @Allow(ClientsPermission.manage)
  @Returns(CompanyView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toCompanyView(ctx, await this.companies.archive(ctx, id));
  }

  @Post(':id/restore')
  @Allow(ClientsPermission.manage)
  @Returns(CompanyView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toCompanyView(ctx, await this.companies.restore(ctx, id));
  }

  /** The whole tree of service objects; parents come before what lies in them. */
  @Get(':id/object-tree')
  @Allow(ClientsPermission.read)
  @ReturnsList(ObjectNodeView)
  async objectTree(@Context() ctx: Ctx, @Param() { id }: IdParam, @Query() { state }: ObjectTreeQuery) {
    return { data: await this.tree.read(ctx, id, state) };
  }
}
