import { Injectable } from '@nestjs/common';
import type { Actor, Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem, ProblemError } from '@opora/platform/errors';
import { Files } from '@opora/platform/files';
import { type MarkState, NO_SUBJECT } from './checklist-item';
import { ChecklistItems } from './checklist-items.service';
import { resultProblem } from './checklist-rules';
import { type MarkRow, PACKED_MARK, type ProgressRow } from './checklist-views';
import { type Checklist, type ChecklistItem, ChecklistMark } from './checklist.entity';
import type { MarkItem, MarkOfMany } from './checklist-marks.dto';
import { Checklists, type Held } from './checklists.service';

/** The marks of a request as they are kept, and how far the checklist is: not all of it, a matrix is long. */
export type WrittenMarks = { checklistId: string; marks: MarkRow[]; progress: ProgressRow };
type Wanted = MarkOfMany & { pointer: string };
type Line = { before: string | null; after: string | null };
type Problem = { field: string; code: string; facts?: Record<string, string | number> };
type Judged = { pointer: string; problems?: Problem[]; kept?: ChecklistMark; gone?: ChecklistMark; line?: Line };
/** The kinds of the files, and why the files of some cells are refused. */
type Uploads = { mimes: Map<string, string>; refused: Map<string, Problem[]> };
type Cells = { items: Map<string, ChecklistItem>; marks: Map<string, ChecklistMark> };
const cellOf = (itemId: string, subjectId: string): string => `${itemId} ${subjectId}`;

/** Ticks: who did what, when, with what result. */
@Injectable()
export class ChecklistMarks {
  constructor(
    private readonly db: Db,
    private readonly files: Files,
    private readonly items: ChecklistItems,
    private readonly checklists: Checklists,
  ) {}

  mark(ctx: Ctx, itemId: string, mark: MarkItem): Promise<WrittenMarks> {
    return this.db.tx(ctx, async (ctx) => {
      const { held } = await this.items.hold(ctx, itemId);
      return this.write(ctx, held, [{ ...mark, itemId, pointer: '' }]);
    });
  }

  unmark(ctx: Ctx, itemId: string, subjectId: string | undefined): Promise<WrittenMarks> {
    return this.db.tx(ctx, async (ctx) => {
      const { held } = await this.items.hold(ctx, itemId);
      return this.write(ctx, held, [{ itemId, subjectId: subjectId ?? null, state: null, pointer: '' }]);
    });
  }

  /** Many at once, all or none: a row or a column of a matrix. */
  markMany(ctx: Ctx, checklistId: string, marks: readonly MarkOfMany[]): Promise<WrittenMarks> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.checklists.hold(ctx, checklistId);
      return this.write(
        ctx,
        held,
        marks.map((mark, index) => ({ ...mark, pointer: `/marks/${index}` })),
      );
    });
  }

  private async write(ctx: TxCtx, held: Held, wanted: Wanted[]): Promise<WrittenMarks> {
    const { checklist, ticket } = held;
    const cells = await this.cells(ctx, checklist.id, wanted);
    const uploads = await this.claim(ctx, wanted, cells);
    const judged = wanted.map((mark) => this.judge(ctx, checklist, mark, cells, uploads));
    const problems = judged.flatMap(({ problems = [], pointer }) =>
      problems.map(({ field, code, facts = {} }) => ({
        pointer: `${pointer}/${field}`,
        code: `checklists.${code}`,
        message: '',
        facts,
      })),
    );
    if (problems.length) throw new ProblemError('request.invalid', 422, {}, {}, problems.slice(0, 50));
    await this.save(
      ctx,
      judged.flatMap(({ kept }) => kept ?? []),
      judged.flatMap(({ gone }) => gone ?? []),
      cells,
    );
    await this.checklists.follow(
      ctx,
      ticket.id,
      inOne(
        checklist.name,
        judged.flatMap(({ line }) => line ?? []),
      ),
    );
    return this.written(
      ctx,
      checklist,
      judged.flatMap(({ kept }) => kept ?? []),
    );
  }

  /** What a wanted mark comes to: a row to keep, a row to take away, or what is wrong with it. */
  private judge(
    ctx: Ctx,
    checklist: Checklist,
    mark: Wanted,
    { items, marks }: Cells,
    { mimes, refused }: Uploads,
  ): Judged {
    const { pointer } = mark;
    const no = (field: string, code: string): Judged => ({ pointer, problems: [{ field, code }] });
    const item = items.get(mark.itemId);
    if (item?.kind !== 'item') return no('itemId', 'itemUnknown');
    const { subjects } = checklist;
    const subject = subjects.find(({ id }) => id === mark.subjectId);
    if (mark.subjectId && !subject) return no('subjectId', subjects.length ? 'subjectUnknown' : 'subjectUnwanted');
    if (subjects.length && !subject) return no('subjectId', 'subjectRequired');
    const present = marks.get(cellOf(item.id, subject?.id ?? NO_SUBJECT));
    const title = [checklist.name, item.title, subject?.name].filter(Boolean).join(' · ');
    const before = present ? `${title}: ${inWords(present)}` : null;
    if (mark.state === null) return present ? { pointer, gone: present, line: { before, after: null } } : { pointer };
    const strange = refused.get(cellOf(item.id, subject?.id ?? NO_SUBJECT));
    if (strange) return { pointer, problems: strange };
    const kept = this.markOf(ctx, { ...mark, state: mark.state }, checklist.id, subject?.id ?? NO_SUBJECT);
    const files = kept.fileIds.map((id) => ({ mime: mimes.get(id) ?? '' }));
    const problem = resultProblem(item, { ...kept, files });
    return problem
      ? { pointer, problems: [problem] }
      : { pointer, kept, line: { before, after: `${title}: ${inWords(kept)}` } };
  }

  private async written(ctx: TxCtx, { id, subjects }: Checklist, kept: ChecklistMark[]): Promise<WrittenMarks> {
    const marks = await this.db.query<{ mark: MarkRow }>(
      ctx,
      `SELECT ${PACKED_MARK} AS mark FROM unnest($1::uuid[], $2::uuid[]) k(item, subject)
       JOIN checklist_mark m ON m."itemId" = k.item AND m."subjectId" = k.subject`,
      [kept.map(({ itemId }) => itemId), kept.map(({ subjectId }) => subjectId)],
    );
    const [progress] = await this.db.query<ProgressRow>(
      ctx,
      `SELECT COALESCE(sum(done), 0)::int AS done, (count(*) * $2)::int AS total, COALESCE(sum(done) FILTER (WHERE "isRequired"), 0)::int AS "requiredDone",
         (count(*) FILTER (WHERE "isRequired") * $2)::int AS required
       FROM (SELECT i."isRequired", (SELECT count(*) FROM checklist_mark m WHERE m."itemId" = i.id) AS done
             FROM checklist_item i WHERE i."checklistId" = $1 AND i.kind = 'item') cells`,
      [id, Math.max(1, subjects.length)],
    );
    return { checklistId: id, marks: marks.map(({ mark }) => mark), progress: progress! };
  }

  private markOf(ctx: Ctx, mark: Wanted & { state: MarkState }, checklistId: string, subjectId: string): ChecklistMark {
    const result = typeof mark.result === 'string' ? mark.result.trim() : (mark.result ?? null);
    return Object.assign(new ChecklistMark(), {
      itemId: mark.itemId,
      subjectId,
      checklistId,
      state: mark.state,
      result,
      fileIds: (mark.fileIds ?? []).map((id) => id.toLowerCase()),
      reason: mark.reason ?? '',
      ...doerOf(ctx.actor),
      at: ctx.now(),
    });
  }

  private async cells(ctx: TxCtx, checklistId: string, wanted: readonly Wanted[]): Promise<Cells> {
    const ids = [...new Set(wanted.map(({ itemId }) => itemId))];
    const cells = new Set(wanted.map(({ itemId, subjectId }) => cellOf(itemId, subjectId ?? NO_SUBJECT)));
    if (cells.size < wanted.length) throw fieldProblem('/marks', 'checklists.cellTwice');
    const items = await this.db.query<ChecklistItem>(
      ctx,
      `SELECT * FROM checklist_item WHERE "checklistId" = $1 AND id = ANY($2::uuid[])`,
      [checklistId, ids],
    );
    const marks = await this.db.query<ChecklistMark>(
      ctx,
      `SELECT * FROM checklist_mark WHERE "itemId" = ANY($1::uuid[])`,
      [ids],
    );
    return {
      items: new Map(items.map((item) => [item.id, item])),
      marks: new Map(marks.map((mark) => [cellOf(mark.itemId, mark.subjectId), mark])),
    };
  }

  /** Takes the new uploads. Files that a cell has already may stay or go to another cell of the request; a photo shows one cell only. */
  private async claim(ctx: TxCtx, wanted: readonly Wanted[], { marks }: Cells): Promise<Uploads> {
    const asked = wanted.flatMap(({ itemId, subjectId, state, fileIds }) =>
      (state === null ? [] : (fileIds ?? [])).map((id, index) => ({
        id: id.toLowerCase(),
        field: `fileIds/${index}`,
        cell: cellOf(itemId, subjectId ?? NO_SUBJECT),
      })),
    );
    const own = new Set(
      wanted.flatMap(({ itemId, subjectId }) => marks.get(cellOf(itemId, subjectId ?? NO_SUBJECT))?.fileIds ?? []),
    );
    const { kind, id: actorId } = ctx.actor;
    const files = new Map((await this.files.find(ctx, [...new Set(asked.map(({ id }) => id))])).map((f) => [f.id, f]));
    const isUsable = (id: string): boolean => {
      const file = files.get(id);
      if (!file || own.has(id)) return own.has(id);
      return !file.claimedAt && (kind === 'system' || (file.ownerKind === kind && file.ownerId === actorId));
    };
    const seen = new Set<string>();
    const refused = new Map<string, Problem[]>();
    for (const { id, cell, field } of asked) {
      const code = seen.has(id) ? 'fileTwice' : isUsable(id) ? '' : 'fileUnknown';
      if (code) refused.set(cell, [...(refused.get(cell) ?? []), { field, code }]);
      seen.add(id);
    }
    if (!refused.size)
      await this.files.claim(
        ctx,
        [...seen].filter((id) => !own.has(id)),
      );
    return { mimes: new Map([...files.values()].map(({ id, mime }) => [id, mime])), refused };
  }

  private async save(ctx: TxCtx, kept: ChecklistMark[], gone: ChecklistMark[], { marks }: Cells): Promise<void> {
    const repo = this.db.repo(ctx, ChecklistMark);
    if (kept.length) await repo.upsert(kept, ['itemId', 'subjectId']);
    if (gone.length) await repo.delete(gone.map(({ itemId, subjectId }) => ({ itemId, subjectId })) as never);
    const before = [...kept, ...gone].flatMap((mark) => marks.get(cellOf(mark.itemId, mark.subjectId))?.fileIds ?? []);
    const after = new Set(kept.flatMap(({ fileIds }) => fileIds));
    await this.files.release(
      ctx,
      before.filter((id) => !after.has(id)),
    );
  }
}

const doerOf = (actor: Actor): Pick<ChecklistMark, 'byKind' | 'byId' | 'byName'> => ({
  byKind: actor.kind === 'employee' || actor.kind === 'contact' ? actor.kind : 'system',
  byId: actor.kind === 'employee' || actor.kind === 'contact' ? actor.id : null,
  byName: actor.name,
});

/** A mark as the history tells it, the same in every language. */
function inWords({ state, result, reason, fileIds }: ChecklistMark): string {
  if (state === 'not_applicable') return ['✕', reason].filter(Boolean).join(' ');
  return ['✓', result ?? '', fileIds.length ? `▣ ${fileIds.length}` : ''].filter((part) => part !== '').join(' ');
}

/** One line of the history for one request. */
function inOne(name: string, lines: Line[]): Line {
  const [only] = lines;
  if (!only) return { before: null, after: null };
  if (lines.length === 1) return only;
  const count = (part: 'before' | 'after'): string | null => {
    const present = lines.filter((line) => line[part] !== null).length;
    return present ? `${name}: ✓ ${present}` : null;
  };
  return { before: count('before'), after: count('after') };
}
