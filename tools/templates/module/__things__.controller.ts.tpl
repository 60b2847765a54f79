import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { __Module__Permission } from './__module__.access';
import { Create__Thing__, List__Things__, __Thing__View, to__Thing__View, Update__Thing__ } from './__things__.dto';
import { __Things__ } from './__things__.service';

@ApiTags('__module__')
@Controller('__things__')
export class __Things__Controller {
  constructor(private readonly __thingsCamel__: __Things__) {}

  /** __Things_words__ by name. */
  @Get()
  @Allow(__Module__Permission.read)
  @ReturnsPage(__Thing__View)
  async list(@Context() ctx: Ctx, @Query() query: List__Things__) {
    return mapPage(await this.__thingsCamel__.list(ctx, query), to__Thing__View);
  }

  /** Makes one. */
  @Post()
  @Allow(__Module__Permission.manage)
  @Returns(__Thing__View, 201)
  async create(@Context() ctx: Ctx, @Body() input: Create__Thing__) {
    return to__Thing__View(await this.__thingsCamel__.create(ctx, input));
  }

  /** One of them. */
  @Get(':id')
  @Allow(__Module__Permission.read)
  @Returns(__Thing__View)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return to__Thing__View(await this.__thingsCamel__.get(ctx, id));
  }

  /** Changes one. */
  @Patch(':id')
  @Allow(__Module__Permission.manage)
  @Returns(__Thing__View)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: Update__Thing__) {
    return to__Thing__View(await this.__thingsCamel__.update(ctx, id, input));
  }
}
