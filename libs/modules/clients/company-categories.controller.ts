import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ClientsPermission } from './clients.access';
import { CategoryView, CreateCategory, toCategoryView, UpdateCategory } from './company-categories.dto';
import { CompanyCategories } from './company-categories.service';

@ApiTags('company-categories')
@Controller('company-categories')
export class CompanyCategoriesController {
  constructor(private readonly categories: CompanyCategories) {}

  /** Every category with the places that use it. */
  @Get()
  @Allow(ClientsPermission.read)
  @ReturnsList(CategoryView)
  async list(@Context() ctx: Ctx) {
    return { data: (await this.categories.list(ctx)).map(toCategoryView) };
  }

  @Post()
  @Allow(ClientsPermission.manage)
  @Returns(CategoryView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateCategory) {
    return toCategoryView(await this.categories.create(ctx, input));
  }

  @Patch(':id')
  @Allow(ClientsPermission.manage)
  @Returns(CategoryView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateCategory) {
    return toCategoryView(await this.categories.update(ctx, id, input));
  }
}
