import { CustomFields, type StoredValues } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { fieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { originOf } from './ticket-draft';
import { TicketFormEdits } from './ticket-form-edits.service';
import type { TypePreviewView } from './ticket-forms.dto';
import { TicketForms } from './ticket-forms.service';
import { TicketUpdates } from './ticket-updates.service';
import { Tickets } from './tickets.service';

/** Tells before a ticket's type is changed which of its values it would lose, and what it would be asked for. */
@Injectable()
export class TicketTypeChange {
  constructor(
    private readonly tickets: Tickets,
    private readonly updates: TicketUpdates,
    private readonly forms: TicketForms,
    private readonly edits: TicketFormEdits,
    private readonly fields: CustomFields,
  ) {}

  async preview(ctx: Ctx, key: string, typeId: string): Promise<TypePreviewView> {
    const ticket = await this.tickets.get(ctx, key);
    const { judged: after, problems } = await this.updates.foresee(ctx, key, { typeId });
    const wrong = problems.find(({ pointer }) => pointer === '/typeId');
    if (wrong) throw fieldProblem(wrong.pointer, wrong.code);
    const before = await this.forms.judge(ctx, { ...ticket, answers: {} }, originOf(ctx));
    const lost = typeId.toLowerCase() === ticket.typeId ? [] : await this.edits.lost(ctx, before, after, { codes: [] });
    const texts = await this.fields.displayOf(ctx, 'ticket', ticket.customFields as StoredValues);
    const asked = Object.entries(after.verdict.fields).filter(([, { isVisible }]) => isVisible);
    return {
      lost: await Promise.all(
        lost.map(async (code) => ({
          field: `cf.${code}`,
          label: await this.forms.labelOf(ctx, `cf.${code}`),
          value: ticket.customFields[code],
          text: texts[code]?.text ?? '',
        })),
      ),
      asked: await Promise.all(
        asked.map(async ([field, { isRequired }]) => ({
          field,
          label: await this.forms.labelOf(ctx, field),
          isRequired,
          isMissing: problems.some(({ pointer, code }) => pointer === pointerTo(field) && code === MISSING),
        })),
      ),
    };
  }
}

const MISSING = 'tickets.fieldRequired';
const pointerTo = (field: string): string =>
  field.startsWith('cf.') ? `/customFields/${field.slice(3)}` : `/${field}`;
