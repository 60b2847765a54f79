import { type CustomField, CustomFields, type FieldVerdict, FormRules } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { type FieldProblem, fieldProblem, raise } from '@opora/platform/errors';
import { fieldText } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { AttachmentFiles } from './attachment-files.service';
import { DeadlinePromises } from './deadline-promises.service';
import { PortalTickets } from './portal-tickets.service';
import { richTextOf, toRichText } from './rich-text';
import { companyOf, draftOf, filePlaceOf, onePerPlace, originOf, writtenBy } from './ticket-draft';
import { TicketFacts } from './ticket-facts.service';
import type {
  AskVerdict,
  FormFieldVerdictView,
  FormOptionView,
  FormVerdictView,
  PortalFormInput,
} from './ticket-forms.dto';
import { type Judged, TicketForms } from './ticket-forms.service';
import { TicketReferences } from './ticket-references.service';
import type { FormChannel } from './ticket-fact-fields';
import type { StatusCategory } from './ticket-status';
import type { TicketSource } from './ticket.entity';
import { TicketUpdates } from './ticket-updates.service';
import { nameableContacts } from './tickets.access';
import type { CreateTicket } from './tickets.dto';

type Draft = Partial<CreateTicket>;

/** Answers what a form asks for while it is being filled in: word for word what creating or changing the ticket would say. */
@Injectable()
export class TicketVerdicts {
  constructor(
    private readonly db: Db,
    private readonly references: TicketReferences,
    private readonly fields: CustomFields,
    private readonly rules: FormRules,
    private readonly facts: TicketFacts,
    private readonly forms: TicketForms,
    private readonly updates: TicketUpdates,
    private readonly portal: PortalTickets,
    private readonly promises: DeadlinePromises,
    private readonly files: AttachmentFiles,
  ) {}

  async ask(ctx: Ctx, { ticketId, statusId, values, channel }: AskVerdict): Promise<FormVerdictView> {
    if (ticketId) {
      const entered = statusId ? await this.statusOf(ctx, statusId) : undefined;
      const { judged, problems } = await this.updates.foresee(ctx, ticketId, values, entered);
      return this.show(ctx, judged, problems);
    }
    const origin = channel ? { isPortal: channel === 'portal', channel } : originOf(ctx);
    // What comes that way tells so by its source, too.
    const draft: Draft = channel ? { ...values, source: SOURCE_OF[channel] } : values;
    return this.askNew(ctx, draft, values, origin);
  }

  private async statusOf(ctx: Ctx, id: string): Promise<{ statusId: string; statusCategory: StatusCategory }> {
    const [status] = await this.db.query<{ statusId: string; statusCategory: StatusCategory }>(
      ctx,
      'SELECT id AS "statusId", category AS "statusCategory" FROM ticket_status WHERE id = $1 AND "archivedAt" IS NULL',
      [id],
    );
    return status ?? raise(fieldProblem('/statusId', 'tickets.statusUnknown'));
  }

  /** The same for a client: his types, his company, his fields. */
  async askPortal(ctx: Ctx, values: PortalFormInput): Promise<FormVerdictView> {
    const { files, ...rest } = values;
    const draft: Draft = {
      ...rest,
      typeId: values.typeId ?? (await this.portal.types(ctx))[0]?.id,
      contactId: values.contactId ?? ctx.actor.id,
      source: 'portal',
      files: files?.map((fileId) => ({ fileId })),
    };
    return this.askNew(ctx, draft, values, originOf(ctx, true));
  }

  private async askNew(
    ctx: Ctx,
    draft: Draft,
    written: object,
    origin: ReturnType<typeof originOf>,
  ): Promise<FormVerdictView> {
    const { isPortal = false } = origin;
    const found = await this.references.find(ctx, { ...draft, contactId: draft.contactId ?? draft.authorContactId });
    const isClosed = isPortal && found.type && (found.type.isInner || !found.type.availableForClient);
    const refused: FieldProblem[] = this.references.problems(draft, found);
    if (isClosed) refused.push({ pointer: '/typeId', code: 'tickets.typeUnknown', message: '' });
    const { values: customFields, problems: wrong } = await this.fields.check(ctx, 'ticket', draft.customFields ?? {});
    wrong.push(...(await this.files.problems(ctx, draft.files, filePlaceOf({ isPortal }))));
    const description = (isPortal ? richTextOf : toRichText)(draft.description ?? '');
    const company = companyOf(draft, found);
    // Facts of what the asker may not see are no facts for him.
    const visible = { ...found, type: isClosed ? null : found.type };
    const row = draftOf(ctx, { ...draft, ...(found.company ? {} : { companyId: company }) }, visible, {
      description,
      customFields,
    });
    const judged = await this.forms.judge(
      ctx,
      {
        ...row,
        companyId: draft.companyId && !found.company ? null : row.companyId,
        objectId: found.object ? row.objectId : null,
      },
      origin,
      { form: visible.type?.form ?? [] },
    );
    const problems = this.forms.problemsOfNew(judged, writtenBy(written), isPortal);
    const promised = isPortal ? [] : await this.promises.foresee(ctx, null, draft);
    return this.show(ctx, judged, onePerPlace([...refused, ...wrong, ...problems, ...promised]));
  }

  private async show(
    ctx: Ctx,
    { verdict, answers }: Judged,
    problems: readonly FieldProblem[],
  ): Promise<FormVerdictView> {
    const isClient = ctx.actor.kind === 'contact';
    const names = Object.keys(verdict.fields).filter((name) => !isClient || verdict.fields[name]!.isVisible);
    const custom = new Map((await this.fields.definitions(ctx, 'ticket')).map((field) => [`cf.${field.code}`, field]));
    const rules = new Map((await this.rules.active(ctx, 'ticket')).map(({ id, name }) => [id, { id, name }]));
    const builtIn = names.some((name) => !custom.has(name)) ? await this.builtIn(ctx, names) : new Map<string, Shape>();
    const fields = names.map((name): FormFieldVerdictView => {
      const says = verdict.fields[name]!;
      const field = custom.get(name);
      const shape = field
        ? shapeOf(ctx, field)
        : (builtIn.get(name) ?? { ...NO_SHAPE, label: t(ctx, `tickets.field.${name}`) });
      return {
        name,
        ...shape,
        options: offered(shape.options, says, answers[name]),
        isVisible: says.isVisible,
        isRequired: says.isRequired,
        isReadOnly: says.isReadOnly,
        allowed: says.allowed === null ? null : [...says.allowed],
        // A client learns what is asked, not by which rule of the house.
        because: isClient ? [] : says.because.flatMap((id) => rules.get(id) ?? []),
      };
    });
    return {
      fields,
      problems: problems.map((problem) => ({
        pointer: problem.pointer,
        code: problem.code,
        message: fieldText(ctx.locale, problem),
      })),
    };
  }

  /** Labels and choices of built-in fields. People of the house are a choice only for clients: staff search them. */
  private async builtIn(ctx: Ctx, names: readonly string[]): Promise<Map<string, Shape>> {
    const facts = await this.facts.fields(ctx);
    const shapes = new Map<string, Shape>(
      facts.map(({ name, label, type, reference, options }) => [
        name,
        { label, hint: null, type, reference: reference ?? null, options: options ?? null, config: {} },
      ]),
    );
    for (const [name, type, reference] of OTHERS)
      shapes.set(name, { ...NO_SHAPE, label: t(ctx, `tickets.field.${name}`), type, reference });
    const asked = PEOPLE.filter((name) => names.includes(name));
    if (ctx.actor.kind === 'contact' && asked.length) {
      const options = await this.employees(ctx);
      for (const name of asked) shapes.set(name, { ...shapes.get(name)!, options });
    }
    for (const name of ['observers', 'contactId'].filter(
      (name) => ctx.actor.kind === 'contact' && names.includes(name),
    ))
      shapes.set(name, { ...shapes.get(name)!, options: await this.colleagues(ctx) });
    return shapes;
  }

  private employees(ctx: Ctx): Promise<FormOptionView[]> {
    return this.db.query(
      ctx,
      `SELECT id::text AS value, name AS label FROM employee WHERE "isActive" AND "archivedAt" IS NULL ORDER BY name, id LIMIT 500`,
    );
  }

  private colleagues(ctx: Ctx): Promise<FormOptionView[]> {
    const params = new SqlParams();
    return this.db.query(
      ctx,
      `SELECT k.id::text AS value, k.name AS label FROM contact k
       WHERE k."archivedAt" IS NULL AND ${nameableContacts(ctx.actor, params, 'k.id')} ORDER BY k.name, k.id LIMIT 500`,
      params.values,
    );
  }
}

const SOURCE_OF = { agent: 'agent', portal: 'portal', api: 'api', mail: 'email' } as const satisfies Record<
  FormChannel,
  TicketSource
>;

type Shape = Pick<FormFieldVerdictView, 'label' | 'hint' | 'type' | 'reference' | 'options' | 'config'>;
const NO_SHAPE: Shape = { label: '', hint: null, type: 'text', reference: null, options: null, config: {} };
const OTHERS = [
  ['files', 'files', null],
  ['observers', 'references', 'person'],
  ['coExecutorIds', 'references', 'employee'],
] as const;
const PEOPLE = ['assigneeId', 'coExecutorIds'];

const shapeOf = (ctx: Ctx, { name, hint, type, options, config }: CustomField): Shape => ({
  label: name[ctx.locale],
  hint: hint?.[ctx.locale] ?? null,
  type,
  reference: config.reference ?? null,
  options: options.length
    ? options.map(({ value, label, isArchived }) => ({
        value,
        label: label[ctx.locale],
        ...(isArchived && { isArchived }),
      }))
    : null,
  config: { ...config },
});

/** What may be chosen; what is chosen already keeps its words. */
const offered = (options: FormOptionView[] | null, { allowed }: FieldVerdict, held: unknown): FormOptionView[] | null =>
  options?.filter(
    ({ value, isArchived }) =>
      (!isArchived && (!allowed || allowed.includes(value))) ||
      held === value ||
      (Array.isArray(held) && held.includes(value)),
  ) ?? null;
