import type { Condition } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem, ProblemError } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { conditionSql, fieldsSql } from './ticket-condition-sql';
import { TicketFacts } from './ticket-facts.service';
import { asksForCustom, asksForIncomplete, FilterProblem, parseFilter, type TicketFilter } from './ticket-filter';
import { TicketFields } from './ticket-fields.service';
import { codeOf, isCustomKey, type TicketSort } from './ticket-filter-keys';
import {
  askForNames,
  type FilterNames,
  findUnknown,
  type NameAnswer,
  type NameRequest,
  namesOf,
  NO_NAMES,
} from './ticket-filter-names';
import { filterCondition, type FilterScope } from './ticket-filter-sql';
import { commonnessSql, type Lookup } from './ticket-search-sql';
import { TicketError } from './tickets.errors';

const TRUSTED_MS = 1000;
const MOST_FOUND = 500;

type How = Pick<FilterScope, 'lookup' | 'isWithinOpen'>;

/** Reads filters of the grammar, looks up the names in them, and turns them into SQL conditions. */
@Injectable()
export class TicketFilters {
  private readonly found = new Map<string, { at: number; answers: NameAnswer[] }>();

  constructor(
    private readonly db: Db,
    private readonly fields: TicketFields,
    private readonly facts: TicketFacts,
  ) {}

  /** Reads a filter; a mistake is refused with its place and what was expected. `pointer` names the input field. */
  parse(ctx: Ctx, text: string, pointer = '/q'): TicketFilter {
    try {
      return parseFilter(text);
    } catch (error) {
      throw error instanceof FilterProblem ? this.refusal(ctx, error, pointer) : error;
    }
  }

  /** The rows behind the names of all these filters, in one query at most, and the custom fields they or `others` may name. */
  async lookUp(ctx: Ctx, filters: readonly TicketFilter[], others: readonly string[] = []): Promise<FilterNames> {
    const wantsForms = filters.some(asksForIncomplete);
    const wantsCustom = wantsForms || filters.some(asksForCustom) || others.some(isCustomKey);
    const custom = wantsCustom ? await this.fields.forFilters(ctx) : NO_NAMES.custom;
    const forms = wantsForms ? await this.fields.forms(ctx, custom) : undefined;
    const request = askForNames(filters, ctx.actor, custom);
    return namesOf(request ? await this.answer(ctx, request) : [], { custom, forms });
  }

  /** Names of settings that were all found are trusted for a second: a person goes from list to list. */
  private async answer(ctx: Ctx, { sql, params, count, isOfHouse }: NameRequest): Promise<NameAnswer[]> {
    if (!isOfHouse || ctx.tx) return this.db.query<NameAnswer>(ctx, sql, params);
    const key = `${sql}\n${JSON.stringify(params)}`;
    const now = performance.now();
    const known = this.found.get(key);
    if (known && now - known.at < TRUSTED_MS) return known.answers;
    const answers = await this.db.query<NameAnswer>(ctx, sql, params);
    if (this.found.size >= MOST_FOUND) this.found.clear();
    if (new Set(answers.map((answer) => answer.key)).size === count) this.found.set(key, { at: now, answers });
    return answers;
  }

  /** Refuses a filter that names a status, type, person, custom field… which does not exist. */
  requireKnown(ctx: Ctx, filter: TicketFilter, names: FilterNames, pointer = '/q'): void {
    const problem = findUnknown(filter, names);
    if (problem) throw this.refusal(ctx, problem, pointer);
    if (filter.sort) this.requireSort(filter.sort, names, pointer);
  }

  /** Refuses an order by a custom field which does not exist. */
  requireSort({ key }: TicketSort, { custom }: FilterNames, pointer = '/sort'): void {
    if (isCustomKey(key) && !custom.has(codeOf(key))) throw fieldProblem(pointer, 'tickets.sortUnknown');
  }

  /** Refuses columns of custom fields which do not exist. */
  requireColumns(columns: readonly string[], { custom }: FilterNames, pointer = '/columns'): void {
    if (columns.some((column) => isCustomKey(column) && !custom.has(codeOf(column))))
      throw fieldProblem(pointer, 'tickets.columnUnknown');
  }

  condition(ctx: Ctx, filter: TicketFilter, names: FilterNames, params: SqlParams, how: How = {}): string {
    return filterCondition(filter, { actor: ctx.actor, params, names, now: ctx.now(), ...how });
  }

  /** A condition over the fields of tickets as SQL over the alias `t`: it answers what `matches` answers of the ticket's facts. */
  async ofCondition(ctx: Ctx, condition: Condition, params: SqlParams): Promise<string> {
    const custom = await this.fields.forFilters(ctx);
    return conditionSql(condition, fieldsSql([...custom.values()], this.facts.addedSql), params);
  }

  /** How to look the words up; a question of its own only when there are words. */
  async lookupOf(ctx: Ctx, { terms }: TicketFilter): Promise<Lookup> {
    const params = new SqlParams();
    const sql = commonnessSql(
      terms.filter((term) => term.kind === 'text'),
      { actor: ctx.actor, params },
    );
    if (!sql) return 'exact';
    const [row] = await this.db.query<{ isCommon: boolean[] }>(ctx, sql, params.values);
    return row!.isCommon.some(Boolean) ? { isCommon: row!.isCommon } : 'exact';
  }

  private refusal(ctx: Ctx, { position, found, expected }: FilterProblem, pointer: string): ProblemError {
    const words = expected.map((word) => (/^<\w+>$/.test(word) ? t(ctx, `tickets.filter.${word.slice(1, -1)}`) : word));
    const facts = { position: position + 1, found: found.slice(0, 40), expected: words.join(', ') };
    const { code, status } = TicketError.filterInvalid();
    return new ProblemError(code, status, facts, { position, expected: words }, [{ pointer, code, message: '' }]);
  }
}
