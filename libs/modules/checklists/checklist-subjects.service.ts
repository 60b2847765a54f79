import { Injectable } from '@nestjs/common';
import { visibleContacts, visibleObjects } from '@opora/modules/clients';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import type { Axis, Subject } from './checklist-item';
import type { ChecklistSubjectInput } from './checklists.dto';

/** The people or objects of a matrix. */
@Injectable()
export class ChecklistSubjects {
  constructor(private readonly db: Db) {}

  /** Subjects as they are kept: the names of contacts, employees and objects are looked up in one query. */
  async resolve(
    ctx: Ctx,
    axis: Axis | null,
    inputs: readonly ChecklistSubjectInput[],
    present: readonly Subject[] = [],
  ): Promise<Subject[]> {
    const problems: FieldProblem[] = [];
    const refuse = (at: string, code: string): null => {
      problems.push({ pointer: at, code: `checklists.${code}`, message: '' });
      return null;
    };
    if (inputs.length && !axis) refuse('/subjects', 'axisRequired');
    const known = new Map(present.map((subject) => [subject.id, subject]));
    const found = await this.find(
      ctx,
      axis,
      inputs.flatMap(({ refId }) => refId ?? []),
    );
    const resolved = inputs.map((input, index): Subject | null => {
      const kept = input.id === undefined ? undefined : known.get(input.id);
      if (input.id !== undefined)
        return kept ? { ...kept, name: input.name ?? kept.name } : refuse(`/subjects/${index}/id`, 'subjectUnknown');
      if (input.refId) return found.get(input.refId) ?? refuse(`/subjects/${index}/refId`, 'subjectUnknown');
      if (input.name) return { id: newId(), kind: 'named', refId: null, name: input.name };
      return refuse(`/subjects/${index}/name`, 'subjectNameRequired');
    });
    const subjects = resolved.filter((subject): subject is Subject => subject !== null);
    if (new Set(subjects.map(({ id }) => id)).size < subjects.length) refuse('/subjects', 'subjectTwice');
    if (problems.length) throw invalid(problems);
    return subjects;
  }

  private async find(ctx: Ctx, axis: Axis | null, ids: string[]): Promise<Map<string, Subject>> {
    if (!axis || !ids.length) return new Map();
    const params = new SqlParams();
    const wanted = `${params.add(ids)}::uuid[]`;
    const sql =
      axis === 'objects'
        ? `SELECT o.id, o.name, 'object' AS kind FROM service_object o WHERE o.id = ANY(${wanted}) AND ${visibleObjects(ctx.actor, params, 'o')}`
        : `SELECT k.id, k.name, 'contact' AS kind FROM contact k WHERE k.id = ANY(${wanted}) AND ${visibleContacts(ctx.actor, params, 'k.id')}
           UNION ALL SELECT e.id, e.name, 'employee' FROM employee e WHERE e.id = ANY(${wanted}) AND e."archivedAt" IS NULL`;
    const rows = await this.db.query<{ id: string; name: string; kind: Subject['kind'] }>(ctx, sql, params.values);
    return new Map(rows.map(({ id, name, kind }) => [id, { id: newId(), kind, refId: id, name }]));
  }
}
