import { Body, Controller, Get, Injectable, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Installation } from '../auth';
import { Context, type Ctx } from '../context';
import { Db } from '../db';
import { raise, RequestError } from '../errors';
import { Returns } from '../http/returns';
import { Allow, PlatformPermission, Public } from '../permissions';
import { OrganisationView, UpdateOrganisation } from './organisation.dto';

/** The service company that this installation serves. */
@Injectable()
export class Organisation {
  constructor(private readonly db: Db) {}

  async get(ctx: Ctx): Promise<OrganisationView> {
    const row = (await this.db.repo(ctx, Installation).findOneBy({ id: 1 })) ?? raise(RequestError.unavailable());
    return { name: row.name, timeZone: row.timeZone, locale: row.locale };
  }

  async update(ctx: Ctx, input: UpdateOrganisation): Promise<OrganisationView> {
    const given = Object.fromEntries(
      Object.entries(input).filter(([, value]) => value !== undefined && value !== null),
    );
    if (Object.keys(given).length) await this.db.repo(ctx, Installation).update({ id: 1 }, given);
    return this.get(ctx);
  }
}

@ApiTags('organisation')
@Controller('organisation')
export class OrganisationController {
  constructor(private readonly organisation: Organisation) {}

  /** Name, time zone and language of the service company; shown on the sign-in pages. */
  @Get()
  @Public('the sign-in pages show the name')
  @Returns(OrganisationView)
  get(@Context() ctx: Ctx) {
    return this.organisation.get(ctx);
  }

  @Patch()
  @Allow(PlatformPermission.organisation)
  @Returns(OrganisationView)
  update(@Context() ctx: Ctx, @Body() input: UpdateOrganisation) {
    return this.organisation.update(ctx, input);
  }
}
