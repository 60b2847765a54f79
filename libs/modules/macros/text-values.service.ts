import { Injectable } from '@nestjs/common';
import { seesContacts } from '@opora/modules/clients';
import { type CustomField, CustomFields, type StoredValues } from '@opora/modules/fields';
import { Tickets, ticketTemplateVariables, toRichText } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { fillText, TEXT_VARIABLES, type TextFault, textFaults, type VariableValues } from './text-variables';

type Facts = {
  customFields: StoredValues;
  contactEmail: string | null;
  contactPhone: string | null;
  objectAddress: string | null;
  myEmail: string | null;
  myPhone: string | null;
  organisation: string;
  timeZone: string;
};

/** Texts with variables: checked when they are saved, filled for a ticket and the person who writes. */
@Injectable()
export class TextValues {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly fields: CustomFields,
  ) {}

  /** What is wrong with a text, every unknown name by itself. */
  async problems(ctx: Ctx, html: string, pointer: string): Promise<FieldProblem[]> {
    return (await this.judge(ctx))(html, pointer);
  }

  /** The same for many texts: what is known is read once. */
  async judge(ctx: Ctx): Promise<(html: string, pointer: string) => FieldProblem[]> {
    const codes = new Set((await this.clientFields(ctx)).map(({ code }) => code));
    return (html, pointer) =>
      textFaults(html, codes).map((fault) => ({ pointer, code: CODES[fault.kind], message: nameOf(fault) }));
  }

  /** What may stand between the brackets, in words. */
  async offered(ctx: Ctx): Promise<{ name: string; label: string }[]> {
    const own = TEXT_VARIABLES.map((name) => ({ name, label: t(ctx, `macros.variable.${name.replace('.', '_')}`) }));
    const custom = (await this.clientFields(ctx)).map(({ code, name }) => ({
      name: `cf.${code}`,
      label: name[ctx.locale],
    }));
    return [...own, ...custom];
  }

  /** The text for a ticket; one with faults is refused. */
  async fillChecked(ctx: Ctx, html: string, ticketId: string | null): Promise<string> {
    const problems = await this.problems(ctx, html, '/html');
    if (problems.length) throw invalid(problems);
    return this.fill(ctx, html, ticketId);
  }

  /** The text for a ticket the actor sees; without one only what is known of himself. */
  async fill(ctx: Ctx, html: string, ticketId: string | null): Promise<string> {
    return toRichText(fillText(html, await this.values(ctx, ticketId))).html;
  }

  /** Several texts for one ticket: the values are read once. */
  async fillAll<Text extends { html: string }>(
    ctx: Ctx,
    texts: readonly Text[],
    ticketId: string | null,
  ): Promise<Text[]> {
    if (!texts.length) return [];
    const values = await this.values(ctx, ticketId);
    return texts.map((text) => ({ ...text, html: toRichText(fillText(text.html, values)).html }));
  }

  /** Custom fields a text may name: what clients do not see never gets into an answer by a variable. */
  private async clientFields(ctx: Ctx): Promise<CustomField[]> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    return definitions.filter(({ isClientVisible }) => isClientVisible);
  }

  private async values(ctx: Ctx, key: string | null): Promise<VariableValues> {
    const ticketId = key && (await this.tickets.idOf(ctx, key));
    const facts = await this.facts(ctx, ticketId);
    const { locale, actor } = ctx;
    const today = new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
      dateStyle: 'long',
      timeZone: facts.timeZone,
    });
    const own: VariableValues = {
      me: {
        name: actor.kind === 'system' ? facts.organisation : actor.name,
        email: facts.myEmail ?? '',
        phone: facts.myPhone ?? '',
      },
      organisation: { name: facts.organisation },
      today: today.format(ctx.now()),
    };
    if (!ticketId) return own;
    const known = (await ticketTemplateVariables(this.db, ctx, ticketId, locale))!;
    const isOpen = seesContacts(actor);
    const { number, subject, type, priority, clientStatus, deadline, portalUrl } = known.ticket;
    return {
      ...own,
      ticket: { number: String(number), subject, type, priority, status: clientStatus, deadline, portalUrl },
      company: known.company,
      contact: {
        name: known.contact.name,
        firstName: firstNameOf(known.contact.name, locale),
        email: isOpen ? (facts.contactEmail ?? '') : '',
        phone: isOpen ? (facts.contactPhone ?? '') : '',
      },
      object: { name: known.object.name, address: facts.objectAddress ?? '' },
      assignee: known.assignee,
      team: known.team,
      cf: await this.custom(ctx, facts.customFields),
    };
  }

  private async custom(ctx: Ctx, stored: StoredValues): Promise<Record<string, string>> {
    if (!Object.keys(stored).length) return {};
    const shown = await this.fields.displayOf(ctx, 'ticket', stored, { forClient: true });
    return Object.fromEntries(Object.entries(shown).map(([code, { text }]) => [code, text]));
  }

  private async facts(ctx: Ctx, ticketId: string | null): Promise<Facts> {
    const me = ctx.actor.kind === 'employee' ? ctx.actor.id : null;
    const [row] = await this.db.prepared<Facts>(
      ctx,
      `SELECT COALESCE(t."customFields", '{}') AS "customFields", i.name AS organisation, i."timeZone", o.address AS "objectAddress",
         (SELECT e.email FROM contact_email e WHERE e."contactId" = t."contactId" AND e."isActive" ORDER BY e."isPrimary" DESC, e.email LIMIT 1) AS "contactEmail",
         (SELECT p.e164 FROM contact_phone p WHERE p."contactId" = t."contactId" ORDER BY p."isPrimary" DESC, p.e164 LIMIT 1) AS "contactPhone",
         m.email AS "myEmail", m.phone AS "myPhone"
       FROM installation i LEFT JOIN ticket t ON t.id = $1::uuid LEFT JOIN service_object o ON o.id = t."objectId"
       LEFT JOIN employee m ON m.id = $2::uuid`,
      [ticketId, me],
    );
    return row!;
  }
}

const CODES: Record<TextFault['kind'], string> = {
  unknown: 'macros.variableUnknown',
  unsupported: 'macros.variableUnsupported',
  broken: 'macros.textBroken',
};
/** After the colon stands what the refusal names. */
const nameOf = (fault: TextFault): string => ('name' in fault ? `name: ${fault.name.slice(0, 80)}` : '');

const SURNAME = /(ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|ская|цкий|цкая|ко|ук|юк|ян|дзе|швили|ых|их)$/i;
/** Names that end as surnames do. */
const NOT_SURNAME = /^(ир|мар|гал|крист|пол|ал|ар|кар|валент|екатер|ангел|антон|н)ина$/i;
const isSurname = (word: string): boolean => SURNAME.test(word) && !NOT_SURNAME.test(word);

/** How a person is addressed: «Петров Иван Сергеевич» is «Иван Сергеевич», «Давиденко Олег» and «Олег Давиденко» are «Олег». */
export function firstNameOf(name: string, locale: 'ru' | 'en'): string {
  const [first = '', second, third, ...rest] = name.trim().split(/\s+/);
  if (rest.length) return name.trim();
  if (third && /(вич|вна|ична|инична)$/i.test(third)) return `${second} ${third}`;
  if (!second || third || locale !== 'ru' || !/[а-яё]/i.test(name)) return first;
  return isSurname(second) && !isSurname(first) ? first : second;
}
