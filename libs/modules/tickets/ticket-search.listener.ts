import { CompanyChanged, ContactChanged } from '@opora/modules/clients';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { defineJob, Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { isCustomName } from './custom-changes';
import { TicketSearchIndex } from './ticket-search-index.service';
import { CommentUndone, TicketChanged } from './tickets.events';

/** Reads anew what tickets of a company or a contact are found by, or all tickets with their comments, some at a time. */
const RefreshSearch = defineJob<{ companyId?: string; contactId?: string; after: string | null }>(
  'tickets.refresh-search',
);

const AT_ONCE = 200;
const SEARCHED = ['subject', 'description', 'companyId', 'contactId', 'objectId', 'externalIds', 'files'];
const NAMES = ['name', 'additionalName', 'emails', 'phones'];
const concerns = (fields: readonly string[], searched: readonly string[]): boolean =>
  fields.some((field) => searched.includes(field));

/** What a ticket is found by follows its changes, and those of its client. */
@Injectable()
export class TicketSearchListener {
  constructor(
    private readonly db: Db,
    private readonly index: TicketSearchIndex,
    private readonly jobs: Jobs,
  ) {}

  @On(TicketChanged)
  async followTicket(ctx: Ctx, { ticketId, fields }: PayloadOf<typeof TicketChanged>): Promise<void> {
    if (concerns(fields, SEARCHED) || fields.some(isCustomName)) await this.index.refresh(ctx, [ticketId]);
  }

  @On(CommentUndone)
  async forgetComment(ctx: Ctx, { ticketId, commentId }: PayloadOf<typeof CommentUndone>): Promise<void> {
    await this.index.forgetComment(ctx, commentId);
    await this.index.refresh(ctx, [ticketId]);
  }

  @On(CompanyChanged)
  async followCompany(ctx: Ctx, { companyId, fields }: PayloadOf<typeof CompanyChanged>): Promise<void> {
    if (concerns(fields, NAMES)) await this.enqueue(ctx, { companyId, after: null });
  }

  @On(ContactChanged)
  async followContact(ctx: Ctx, { contactId, fields }: PayloadOf<typeof ContactChanged>): Promise<void> {
    if (concerns(fields, NAMES)) await this.enqueue(ctx, { contactId, after: null });
  }

  @Handles(RefreshSearch)
  async refresh(ctx: Ctx, { after, ...owner }: PayloadOf<typeof RefreshSearch>): Promise<void> {
    const ids = await this.index.nextTickets(ctx, owner, after, AT_ONCE);
    await this.index.refresh(ctx, ids);
    if (!owner.companyId && !owner.contactId) await this.index.refreshComments(ctx, ids);
    const last = ids.at(-1);
    if (last && ids.length === AT_ONCE) await this.enqueue(ctx, { ...owner, after: last });
  }

  private enqueue(ctx: Ctx, payload: PayloadOf<typeof RefreshSearch>): Promise<void> {
    return this.db.tx(ctx, (ctx) => this.jobs.enqueue(ctx, RefreshSearch(payload)));
  }
}
