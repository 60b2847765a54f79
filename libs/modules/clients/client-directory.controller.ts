import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { ReturnsList } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ClientsPermission } from './clients.access';
import { PickerQuery } from './clients.dto';
import { CompanyChoice, ContactChoice, ObjectChoice } from './client-directory.dto';
import { ClientDirectory } from './client-directory.service';

@ApiTags('directory')
@Controller('directory')
export class ClientDirectoryController {
  constructor(private readonly directory: ClientDirectory) {}

  /** Active companies for a picker. */
  @Get('companies')
  @Allow(ClientsPermission.read)
  @ReturnsList(CompanyChoice)
  async companies(@Context() ctx: Ctx, @Query() query: PickerQuery) {
    return { data: await this.directory.companies(ctx, query) };
  }

  /** Active contacts for a picker, of one company if it is given. */
  @Get('contacts')
  @Allow(ClientsPermission.read)
  @ReturnsList(ContactChoice)
  async contacts(@Context() ctx: Ctx, @Query() query: PickerQuery) {
    return { data: await this.directory.contacts(ctx, query) };
  }

  /** Service objects for a picker, of one company if it is given. */
  @Get('objects')
  @Allow(ClientsPermission.read)
  @ReturnsList(ObjectChoice)
  async objects(@Context() ctx: Ctx, @Query() query: PickerQuery) {
    return { data: await this.directory.objects(ctx, query) };
  }
}
