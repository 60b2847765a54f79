import { Injectable } from '@nestjs/common';
import { ActorSources } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { invalid } from '@opora/platform/http';
import { ClientsError } from './clients.errors';
import { ContactChanged } from './clients.events';
import { Companies } from './companies.service';
import type { MembershipFields } from './contacts.dto';
import { Membership } from './membership.entity';

/** Who belongs to which company with which rights. */
@Injectable()
export class Memberships {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly actors: ActorSources,
    private readonly companies: Companies,
  ) {}

  /** Makes the contact a member of the company, or replaces his rights there. */
  async put(ctx: TxCtx, contactId: string, companyId: string, fields: MembershipFields, pointer = ''): Promise<void> {
    const company = await this.companies.getForUpdate(ctx, companyId);
    const repo = this.db.repo(ctx, Membership);
    const present = await repo.findOneBy({ contactId, companyId });
    if (!present && company.archivedAt) throw ClientsError.companyArchived({ name: company.name });
    await this.write(ctx, present, contactId, companyId, fields, pointer);
  }

  /** Writes the rights without asking who does it: the caller has decided. */
  async write(
    ctx: TxCtx,
    present: Membership | null,
    contactId: string,
    companyId: string,
    fields: MembershipFields,
    pointer = '',
  ): Promise<Membership> {
    await this.checkObjects(ctx, companyId, fields.objectIds ?? [], `${pointer}/objectIds`);
    const membership: Membership = {
      id: newId(),
      contactId,
      companyId,
      invitedName: null,
      invitedEmail: null,
      createdAt: ctx.now(),
      ...present,
      seesCompany: fields.seesCompany ?? false,
      closesCompany: fields.closesCompany ?? false,
      isAdmin: fields.isAdmin ?? false,
      objectIds: fields.objectIds ?? [],
      position: fields.position ?? null,
    };
    await this.db.repo(ctx, Membership).save(membership);
    await this.tell(ctx, contactId);
    return membership;
  }

  /** Takes the contact out of the company. */
  async remove(ctx: Ctx, contactId: string, companyId: string): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      await this.companies.getForUpdate(ctx, companyId);
      const membership =
        (await this.db.repo(ctx, Membership).findOneBy({ contactId, companyId })) ??
        raise(ClientsError.membershipNotFound());
      await this.erase(ctx, membership);
    });
  }

  /** Removes the membership without asking who does it: the caller has decided. */
  async erase(ctx: TxCtx, { id, contactId }: Membership): Promise<void> {
    await this.db.repo(ctx, Membership).delete({ id });
    await this.tell(ctx, contactId);
  }

  private async tell(ctx: TxCtx, contactId: string): Promise<void> {
    ctx.tx.afterCommit.push(() => this.actors.forget('contact', contactId));
    await this.events.publish(ctx, ContactChanged({ contactId, fields: ['memberships'] }));
  }

  /** Rights can be limited only to objects of that company. */
  private async checkObjects(
    ctx: TxCtx,
    companyId: string,
    objectIds: readonly string[],
    pointer: string,
  ): Promise<void> {
    if (!objectIds.length) return;
    const found = await this.db.query<{ id: string }>(
      ctx,
      'SELECT id FROM service_object WHERE id = ANY($1::uuid[]) AND "companyId" = $2',
      [objectIds, companyId],
    );
    const known = new Set(found.map(({ id }) => id));
    const problems = objectIds.flatMap((id, index) =>
      known.has(id.toLowerCase())
        ? []
        : [{ pointer: `${pointer}/${index}`, code: 'clients.objectUnknown', message: '' }],
    );
    if (problems.length) throw invalid(problems);
  }
}
