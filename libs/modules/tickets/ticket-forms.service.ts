import {
  clausesOf,
  type Condition,
  CustomFields,
  type Facts,
  FormRules,
  type RuleOfForm,
  type Verdict,
  verdictOf,
  verdictProblems,
} from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import type { FormChannel } from './ticket-fact-fields';
import { factsOf, isCard, type JoinedFacts, joinedOfCard } from './ticket-facts';
import { TicketFacts } from './ticket-facts.service';
import { answersOf, baseOf, type FormRow, writtenBetween } from './ticket-form';
import { type FormField, STAFF_FIELDS } from './ticket-type.entity';
import type { Ticket } from './ticket.entity';

/** A verdict with the answers it was given of. */
export type Judged = { verdict: Verdict; answers: Facts };
export type FormOrigin = { isPortal?: boolean; channel?: FormChannel };
/** Something the form asks for and the ticket lacks or has wrong. */
export type Incomplete = { field: string; code: string; label: string };

/** Fields a client gives whatever his form asks: which ticket it is, and for whom. */
const ALWAYS_WRITTEN = new Set(['subject', 'typeId', 'companyId']);
/** Built-in fields the portal has taken from the beginning; the rest only where the form asks. */
const OLD_PORTAL = new Set(['description', 'objectId', 'files']);

/** What the form of a ticket asks for, decided by its type and the rules: one verdict for every channel. */
@Injectable()
export class TicketForms {
  private readonly joined = new WeakMap<Ticket, { version: number; facts: Promise<JoinedFacts> }>();

  constructor(
    private readonly facts: TicketFacts,
    private readonly rules: FormRules,
    private readonly fields: CustomFields,
  ) {}

  /** What the form says of a ticket with these values. `known` spares the query where the caller has the facts already. */
  async judge(
    ctx: Ctx,
    row: FormRow,
    { isPortal = false, channel }: FormOrigin = {},
    known?: KnownFacts,
  ): Promise<Judged> {
    const rules = await this.rules.active(ctx, 'ticket');
    const joined = isEnough(known, rules) ? known : await this.facts.joinedTo(ctx, row);
    const [added] = await this.facts.addedTo(ctx, [row], (name) => rules.some(({ when }) => asksFor(when, name)));
    const facts = rules.length ? { ...factsOf({ ...row, ...(joined as JoinedFacts) }, channel), ...added } : {};
    const whole = verdictOf(baseOf(joined.form, isPortal), rules, facts);
    const verdict = isPortal ? withoutStaffFields(whole) : whole;
    return {
      verdict: await this.living(ctx, verdict, isPortal),
      answers: answersOf({ ...row, answers: { ...kept(joined), ...row.answers } }),
    };
  }

  async hasRules(ctx: Ctx): Promise<boolean> {
    return (await this.rules.active(ctx, 'ticket')).length > 0;
  }

  /** What is wrong with a ticket about to be registered. `written` are the fields the request names. */
  problemsOfNew({ verdict, answers }: Judged, written: ReadonlySet<string>, isClient: boolean): FieldProblem[] {
    const hidden = isClient ? [...written].filter((name) => isUnasked(verdict, name)) : [];
    // A priority there is always: where it is required, somebody must have chosen it.
    const isWeighed = written.has('impact') && written.has('urgency');
    const isUnchosen = verdict.fields.priorityId?.isRequired && !written.has('priorityId') && !isWeighed;
    return inWords([
      ...hidden.map((name) => problem(name, 'fields.fieldHidden')),
      ...(isUnchosen ? [problem('priorityId', 'fields.fieldRequired')] : []),
      ...verdictProblems(verdict, answers, withoutAlways(written), { isNew: true, isClient }),
    ]);
  }

  /** What is wrong with a change; a new type is judged as a whole. */
  problemsOfChange(before: Judged, after: Judged, { isTypeChange }: { isTypeChange: boolean }): FieldProblem[] {
    const written = writtenBetween(before.answers, after.answers);
    return inWords(
      verdictProblems(after.verdict, after.answers, written, { isNew: isTypeChange, before: before.verdict }),
    );
  }

  /** What the ticket lacks by its form as it stands, or as it would stand in another status. */
  async incomplete(
    ctx: Ctx,
    ticket: Ticket,
    status: Partial<Pick<Ticket, 'statusId' | 'statusCategory'>> = {},
  ): Promise<Incomplete[]> {
    const joined = await this.joinedOf(ctx, ticket);
    const { verdict, answers } = await this.judge(ctx, { ...ticket, ...status, answers: {} }, {}, joined);
    return Promise.all(
      this.lacks({ verdict, answers }).map(async ({ pointer, code }) => {
        const field = fieldAt(pointer);
        return { field, code, label: await this.labelOf(ctx, field) };
      }),
    );
  }

  /** Everything that is wrong with the ticket as it stands, whoever did it. */
  lacks({ verdict, answers }: Judged): FieldProblem[] {
    return inWords(verdictProblems(verdict, answers, null));
  }

  /** Those of the fields a client may hear of. */
  async knownToClients(ctx: Ctx, incomplete: readonly Incomplete[]): Promise<Incomplete[]> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    const shown = new Set(definitions.filter(({ isClientVisible }) => isClientVisible).map(({ code }) => `cf.${code}`));
    return incomplete.filter(({ field }) => !field.startsWith('cf.') || shown.has(field));
  }

  /** Custom fields with a value that one form shows and another does not. */
  lostBetween(before: Judged, after: Judged): string[] {
    return Object.keys(before.answers).filter(
      (name) =>
        name.startsWith('cf.') &&
        before.answers[name] !== null &&
        before.verdict.fields[name]?.isVisible &&
        !after.verdict.fields[name]?.isVisible,
    );
  }

  /** Buttons ask once for each transition: what does not depend on the status is read once. */
  private joinedOf(ctx: Ctx, ticket: Ticket): Promise<JoinedFacts> | JoinedFacts {
    if (isCard(ticket)) return joinedOfCard(ticket);
    const kept = this.joined.get(ticket);
    if (kept?.version === ticket.version) return kept.facts;
    const facts = this.facts.joinedTo(ctx, ticket);
    this.joined.set(ticket, { version: ticket.version, facts });
    return facts;
  }

  async labelOf(ctx: Ctx, field: string): Promise<string> {
    if (!field.startsWith('cf.')) return t(ctx, `tickets.field.${field}`);
    const definitions = await this.fields.definitions(ctx, 'ticket');
    return definitions.find(({ code }) => code === field.slice(3))?.name[ctx.locale] ?? field;
  }

  /** Fields in the archive are asked of nobody; a client is asked only for what he is shown and may write. */
  private async living(ctx: Ctx, verdict: Verdict, isPortal: boolean): Promise<Verdict> {
    const names = Object.keys(verdict.fields);
    if (!names.some((name) => name.startsWith('cf.'))) return verdict;
    const definitions = new Map(
      (await this.fields.definitions(ctx, 'ticket')).map((field) => [`cf.${field.code}`, field]),
    );
    const entries = names.flatMap((name) => {
      const says = verdict.fields[name]!;
      const field = definitions.get(name);
      if (!name.startsWith('cf.')) return [[name, says] as const];
      if (!field || (isPortal && !field.isClientVisible)) return [];
      const isClosed = field.type === 'formula' || (isPortal && !field.isClientEditable);
      return [[name, isClosed ? { ...says, isRequired: false, isReadOnly: true, allowed: null } : says] as const];
    });
    return { fields: Object.fromEntries(entries) };
  }
}

/** Facts the caller has at hand: all of them, or the form alone where no rule will ask. */
export type KnownFacts = JoinedFacts | { form: FormField[] };
const isEnough = (known: KnownFacts | undefined, rules: readonly RuleOfForm[]): known is KnownFacts =>
  known !== undefined && (!rules.length || 'typeCode' in known);

const asksFor = (when: Condition, name: string): boolean => clausesOf(when).some(({ field }) => field === name);

const kept = (joined: KnownFacts): FormRow['answers'] =>
  'typeCode' in joined
    ? { observers: joined.hasObservers || null, coExecutorIds: joined.hasCoExecutors || null }
    : { observers: 'kept', coExecutorIds: 'kept' };

/** Neither a form of older days nor a rule asks a client for what only staff may say. */
const withoutStaffFields = ({ fields }: Verdict): Verdict => ({
  fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !STAFF_FIELDS.includes(name))),
});
const isUnasked = ({ fields }: Verdict, name: string): boolean =>
  !ALWAYS_WRITTEN.has(name) && !OLD_PORTAL.has(name) && !fields[name];
const withoutAlways = (written: ReadonlySet<string>): Set<string> =>
  new Set([...written].filter((name) => !ALWAYS_WRITTEN.has(name)));

const problem = (field: string, code: string): FieldProblem => ({
  pointer: field.startsWith('cf.') ? `/customFields/${field.slice(3)}` : `/${field}`,
  code,
  message: '',
});
const fieldAt = (pointer: string): string => pointer.replace('/customFields/', 'cf.').replace(/^\//, '');
/** A missing answer is told by the code tickets have always told it by. */
const inWords = (problems: FieldProblem[]): FieldProblem[] =>
  problems.map((one) => (one.code === 'fields.fieldRequired' ? { ...one, code: 'tickets.fieldRequired' } : one));
