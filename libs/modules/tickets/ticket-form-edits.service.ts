import { type CheckedFields, CustomFields } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { customName } from './custom-changes';
import { originOf } from './ticket-draft';
import type { FormRow } from './ticket-form';
import { type Judged, TicketForms } from './ticket-forms.service';
import type { FormField } from './ticket-type.entity';
import type { Ticket } from './ticket.entity';
import type { TicketPatch } from './ticket-writer.service';
import type { UpdateTicket } from './tickets.dto';

/** Values of custom fields as a change names them, read. */
export type CustomEdit = { values: Ticket['customFields']; problems: FieldProblem[]; codes: string[] };
export type JudgedEdit = { customFields: Ticket['customFields']; problems: FieldProblem[]; judged: Judged };

/** What a change of a ticket means for its custom fields and its form. */
@Injectable()
export class TicketFormEdits {
  constructor(
    private readonly fields: CustomFields,
    private readonly forms: TicketForms,
  ) {}

  async read(ctx: Ctx, ticket: Ticket, given: UpdateTicket['customFields']): Promise<CustomEdit> {
    if (given === undefined) return { values: ticket.customFields, problems: [], codes: [] };
    return { ...(await this.check(ctx, given, ticket.customFields)), codes: Object.keys(given) };
  }

  /** The edit as fields of the history, to be compared with what others have changed meanwhile. */
  namedValues({ values, codes }: CustomEdit): Record<string, unknown> {
    return Object.fromEntries(codes.map((code) => [customName(code), values[code] ?? null]));
  }

  /** Asks the form about the ticket as it would be; what another type does not show is cleared. */
  async judge(
    ctx: Ctx,
    ticket: Ticket,
    input: UpdateTicket,
    patch: TicketPatch,
    edit: CustomEdit,
    form: FormField[] | undefined,
  ): Promise<JudgedEdit> {
    const isTypeChange = patch.typeId !== undefined && patch.typeId !== ticket.typeId;
    const origin = originOf(ctx);
    const answers = { ...KEPT, ...(input.coExecutorIds && { coExecutorIds: input.coExecutorIds.length || null }) };
    const after = (customFields: Ticket['customFields']): Promise<Judged> =>
      this.forms.judge(ctx, { ...ticket, ...patch, customFields, answers } as FormRow, origin, form && { form });
    const before = await this.forms.judge(
      ctx,
      { ...ticket, answers: KEPT },
      origin,
      form && !isTypeChange ? { form } : undefined,
    );
    let judged = await after(edit.values);
    let customFields = edit.values;
    const lost = isTypeChange ? await this.lost(ctx, before, judged, edit) : [];
    if (lost.length) {
      const cleared = Object.fromEntries(lost.map((code) => [code, null]));
      customFields = (await this.check(ctx, cleared, customFields)).values;
      judged = await after(customFields);
    }
    return { customFields, judged, problems: this.forms.problemsOfChange(before, judged, { isTypeChange }) };
  }

  /** What the rules refuse of a change that is not an edit of the form, such as handing the ticket over. */
  async refusals(ctx: Ctx, ticket: Ticket, patch: TicketPatch): Promise<FieldProblem[]> {
    if (!(await this.forms.hasRules(ctx))) return [];
    const edit = { values: ticket.customFields, problems: [], codes: [] };
    const { problems } = await this.judge(ctx, ticket, {}, patch, edit, undefined);
    return problems.filter(({ pointer }) => pointer.slice(1) in patch);
  }

  /** Everything the ticket lacks as it would be. */
  lacks(judged: Judged): FieldProblem[] {
    return this.forms.lacks(judged);
  }

  /** Codes of values the ticket had that the new form does not show; computed ones follow by themselves. */
  async lost(ctx: Ctx, before: Judged, after: Judged, { codes }: Pick<CustomEdit, 'codes'>): Promise<string[]> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    const computed = new Set(definitions.filter(({ type }) => type === 'formula').map(({ code }) => code));
    return this.forms
      .lostBetween(before, after)
      .map((name) => name.slice(3))
      .filter((code) => !codes.includes(code) && !computed.has(code));
  }

  /** Names under which clients see changes of custom fields. */
  async publicNames(ctx: Ctx): Promise<Set<string>> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    return new Set(definitions.filter(({ isClientVisible }) => isClientVisible).map(({ code }) => customName(code)));
  }

  private check(ctx: Ctx, given: object, before: Ticket['customFields']): Promise<CheckedFields> {
    return this.fields.check(ctx, 'ticket', given, { before: before as CheckedFields['values'] });
  }
}

/** Files and people of a ticket are not asked for again by a change of its fields. */
const KEPT = { files: 'kept', observers: 'kept', coExecutorIds: 'kept' };
