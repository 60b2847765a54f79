import { Injectable } from '@nestjs/common';
import { CustomFields } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { invalid } from '@opora/platform/http';
import { toRichText } from './rich-text';
import { draftOf, onePerPlace } from './ticket-draft';
import type { FactSource } from './ticket-facts';
import { TicketReferences } from './ticket-references.service';
import type { CreateTicket } from './tickets.dto';

/** What conditions would be asked about a ticket with these values, were it registered now. */
@Injectable()
export class DraftFacts {
  constructor(
    private readonly references: TicketReferences,
    private readonly fields: CustomFields,
  ) {}

  /** Refused with every value that leads nowhere; what is left out follows as at registration. */
  async sourceOf(ctx: Ctx, values: Partial<CreateTicket>): Promise<FactSource> {
    const contactId = values.contactId ?? values.authorContactId;
    const found = await this.references.find(ctx, { ...values, contactId });
    const { values: customFields, problems } = await this.fields.check(ctx, 'ticket', values.customFields ?? {});
    const refused = onePerPlace([...this.references.problems(values, found), ...problems]);
    if (refused.length) throw invalid(refused);
    return draftOf(ctx, values, found, { description: toRichText(values.description ?? ''), customFields });
  }
}
