import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiKeyView, CreateApiKey, CreatedApiKeyView, ListApiKeys, toApiKeyView } from './api-keys.dto';
import { ApiKeys } from './api-keys.service';
import { PeoplePermission } from './people.access';

@ApiTags('people')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  /** Keys for programs, the newest first, the revoked included. */
  @Get()
  @Allow(PeoplePermission.manage_api_keys)
  @ReturnsPage(ApiKeyView)
  async list(@Context() ctx: Ctx, @Query() query: ListApiKeys) {
    return mapPage(await this.keys.list(ctx, query), toApiKeyView);
  }

  /** Makes a key; its secret is shown once. */
  @Post()
  @Allow(PeoplePermission.manage_api_keys)
  @Returns(CreatedApiKeyView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateApiKey) {
    const { apiKey, secret } = await this.keys.create(ctx, input);
    return { apiKey: toApiKeyView(apiKey), secret };
  }

  /** Revokes a key. */
  @Delete(':id')
  @Allow(PeoplePermission.manage_api_keys)
  @ReturnsNothing()
  async revoke(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.keys.revoke(ctx, id);
  }
}
