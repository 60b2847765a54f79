import { Injectable } from '@nestjs/common';
import { toRichText } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { CannedAnswer } from './canned-answer.entity';
import {
  type CannedAnswerRow,
  type CreateCannedAnswer,
  type ListCannedAnswers,
  type SearchCannedAnswers,
  toCannedAnswerView,
  type UpdateCannedAnswer,
} from './canned-answers.dto';
import { toProblemViews } from './macros.dto';
import { MacroError } from './macros.errors';
import { MOST_OWN, mayKeep, scopeColumns, scopeProblems, usableBy } from './scope';
import { TextValues } from './text-values.service';

const PATTERN = /[\\%_]/g;
const WORDS = `(x.title || ' ' || coalesce(x.shortcut, '') || ' ' || x.text)`;

/** Texts ready to be put into answers. */
@Injectable()
export class CannedAnswers {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly texts: TextValues,
  ) {}

  async list(ctx: Ctx, { q, cursor, limit }: ListCannedAnswers): Promise<Page<CannedAnswerRow>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const params = new SqlParams();
    const where = [usableBy(ctx.actor, params), ...wordsOf(q, params)];
    if (after) where.push(`(x.title, x.id) > (${params.add(after[0])}::text, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<CannedAnswer>(
      ctx,
      `SELECT x.* FROM canned_answer x WHERE ${where.join(' AND ')} ORDER BY x.title, x.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, limit, ({ title, id }) => keyset(title, id));
    return { ...page, data: await this.judged(ctx, page.data) };
  }

  /** The best answers for what was typed, filled for the ticket: the shortcut counts first, then the title's beginning, then the rest. */
  async search(ctx: Ctx, { q = '', ticketId, limit }: SearchCannedAnswers): Promise<CannedAnswer[]> {
    const params = new SqlParams();
    const typed = q.trim();
    const where = [usableBy(ctx.actor, params), ...wordsOf(typed, params)].join(' AND ');
    const begin = params.add(`${typed.replace(PATTERN, '\\$&')}%`);
    const exact = params.add(typed);
    const rows = await this.db.query<CannedAnswer>(
      ctx,
      `SELECT x.* FROM canned_answer x WHERE ${where}
       ORDER BY lower(x.shortcut) = lower(${exact}::text) DESC NULLS LAST, x.shortcut ILIKE ${begin}::text DESC NULLS LAST, x.title ILIKE ${begin}::text DESC,
         x.scope = 'personal' DESC, x.scope = 'team' DESC, x.title, x.id LIMIT ${params.add(limit)}`,
      params.values,
    );
    return this.texts.fillAll(ctx, rows, ticketId ?? null);
  }

  async get(ctx: Ctx, id: string): Promise<CannedAnswerRow> {
    const params = new SqlParams();
    const rows = await this.db.query<CannedAnswer>(
      ctx,
      `SELECT x.* FROM canned_answer x WHERE x.id = ${params.add(id)}::uuid AND ${usableBy(ctx.actor, params)}`,
      params.values,
    );
    const [row] = await this.judged(ctx, rows);
    return row ?? raise(MacroError.cannedAnswerNotFound());
  }

  create(ctx: Ctx, input: CreateCannedAnswer): Promise<CannedAnswerRow> {
    return this.db.tx(ctx, async (ctx) => {
      const columns = scopeColumns(ctx, input);
      await this.check(ctx, input);
      if (columns.ownerId) await this.demandRoom(ctx, columns.ownerId);
      const row = this.db.repo(ctx, CannedAnswer).create({
        ...columns,
        id: newId(),
        title: input.title,
        shortcut: input.shortcut ?? null,
        locale: input.locale ?? null,
        ...textOf(input.html),
        version: 1,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, CannedAnswer).insert(row);
      this.touch(ctx);
      return { ...row, problems: [] };
    });
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdateCannedAnswer): Promise<CannedAnswerRow> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getEditable(ctx, id);
      if (row.version !== seen)
        throw MacroError.changed({}, { current: toCannedAnswerView(ctx, { ...row, problems: [] }) });
      const next = {
        scope: input.scope ?? row.scope,
        teamIds: input.teamIds ?? row.teamIds,
        html: input.html ?? row.html,
      };
      const columns = input.scope || input.teamIds ? scopeColumns(ctx, next) : {};
      await this.check(ctx, next);
      Object.assign(row, columns, input.html ? textOf(input.html) : {}, {
        title: input.title ?? row.title,
        shortcut: input.shortcut === undefined ? row.shortcut : input.shortcut,
        locale: input.locale === undefined ? row.locale : input.locale,
        version: row.version + 1,
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, CannedAnswer).save(row);
      this.touch(ctx);
      return { ...row, problems: [] };
    });
  }

  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.getEditable(ctx, id);
      await this.db.repo(ctx, CannedAnswer).delete({ id });
      this.touch(ctx);
    });
  }

  private async judged(ctx: Ctx, rows: readonly CannedAnswer[]): Promise<CannedAnswerRow[]> {
    const judge = await this.texts.judge(ctx);
    return rows.map((row) => ({ ...row, problems: toProblemViews(ctx, judge(row.html, '/html')) }));
  }

  private async check(
    ctx: Ctx,
    { html, ...scope }: Pick<CreateCannedAnswer, 'scope' | 'teamIds' | 'html'>,
  ): Promise<void> {
    const empty = toRichText(html).text ? [] : [{ pointer: '/html', code: 'tickets.commentEmpty', message: '' }];
    const problems = [
      ...(await scopeProblems(this.db, ctx, scope)),
      ...empty,
      ...(await this.texts.problems(ctx, html, '/html')),
    ];
    if (problems.length) throw invalid(problems);
  }

  private async getEditable(ctx: TxCtx, id: string): Promise<CannedAnswer> {
    await this.get(ctx, id);
    const row = await this.db.repo(ctx, CannedAnswer).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw MacroError.cannedAnswerNotFound();
    return mayKeep(ctx.actor, row) ? row : raise(AccessError.denied());
  }

  private async demandRoom(ctx: Ctx, ownerId: string): Promise<void> {
    const count = await this.db.repo(ctx, CannedAnswer).countBy({ ownerId });
    if (count >= MOST_OWN) throw fieldProblem('/scope', 'macros.tooManyOwn', { limit: MOST_OWN });
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, ['canned-answers'], 'staff');
  }
}

/** The text made safe; brackets of variables pass through it unharmed. */
const textOf = (source: string): Pick<CannedAnswer, 'html' | 'text'> => {
  const { html, text } = toRichText(source);
  return { html, text };
};

const wordsOf = (q: string | undefined, params: SqlParams): string[] =>
  (q ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 10)
    .map((word) => `${WORDS} ILIKE ${params.add(`%${word.replace(PATTERN, '\\$&')}%`)}::text`);
