import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
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
import { IsUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ClientsPermission } from './clients.access';
import {
  ContactView,
  CreateContact,
  InvitationView,
  InviteContact,
  ListContacts,
  LookupContact,
  MembershipFields,
  toContactView,
  UpdateContact,
} from './contacts.dto';
import { Contacts } from './contacts.service';
import { Memberships } from './memberships.service';
import { PortalAccess } from './portal-access.service';

class MembershipParam extends IdParam {
  @IsUUID()
  companyId: string;
}

@ApiTags('contacts')
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly contacts: Contacts,
    private readonly memberships: Memberships,
    private readonly access: PortalAccess,
  ) {}

  /** Contacts by name. */
  @Get()
  @Allow(ClientsPermission.read)
  @ReturnsPage(ContactView)
  async list(@Context() ctx: Ctx, @Query() query: ListContacts) {
    return mapPage(await this.contacts.list(ctx, query), (row) => toContactView(ctx, row));
  }

  /** Active people behind a mail address or a phone in any notation. */
  @Get('lookup')
  @Allow(ClientsPermission.read_contacts)
  @ReturnsList(ContactView)
  async lookup(@Context() ctx: Ctx, @Query() query: LookupContact) {
    return { data: (await this.contacts.lookup(ctx, query)).map((row) => toContactView(ctx, row)) };
  }

  @Post()
  @Allow(ClientsPermission.manage)
  @Returns(ContactView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateContact, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toContactView(ctx, await this.contacts.create(ctx, input)));
  }

  @Get(':id')
  @Allow(ClientsPermission.read)
  @Returns(ContactView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toContactView(ctx, await this.contacts.get(ctx, id)));
  }

  /** Changes fields. Needs `If-Match` with the version seen; other people's changes of other fields stay. */
  @Patch(':id')
  @Allow(ClientsPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(ContactView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateContact,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toContactView(ctx, await this.contacts.update(ctx, id, seen, input)));
  }

  /** Puts the contact into the archive: he signs in no more and his addresses are free. */
  @Post(':id/archive')
  @Allow(ClientsPermission.manage)
  @Returns(ContactView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toContactView(ctx, await this.contacts.archive(ctx, id));
  }

  @Post(':id/restore')
  @Allow(ClientsPermission.manage)
  @Returns(ContactView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toContactView(ctx, await this.contacts.restore(ctx, id));
  }

  /** Gives the contact access to the portal: mails a one-time link or issues a password. */
  @Post(':id/invite')
  @Allow(ClientsPermission.manage_portal)
  @Returns(InvitationView)
  invite(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { method }: InviteContact) {
    return this.access.invite(ctx, id, method ?? 'link');
  }

  /** Makes the contact a member of the company, or replaces his rights there. */
  @Put(':id/memberships/:companyId')
  @Allow(ClientsPermission.manage)
  @Returns(ContactView)
  async setMembership(
    @Context() ctx: Ctx,
    @Param() { id, companyId }: MembershipParam,
    @Body() input: MembershipFields,
  ) {
    return toContactView(ctx, await this.contacts.setMembership(ctx, id, companyId, input));
  }

  /** Takes the contact out of the company. */
  @Delete(':id/memberships/:companyId')
  @Allow(ClientsPermission.manage)
  @ReturnsNothing()
  removeMembership(@Context() ctx: Ctx, @Param() { id, companyId }: MembershipParam) {
    return this.memberships.remove(ctx, id, companyId);
  }
}
