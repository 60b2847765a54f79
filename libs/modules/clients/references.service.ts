import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';

type Given = {
  responsibleEmployeeId?: string | null;
  responsibleTeamId?: string | null;
  categoryIds?: readonly string[];
};

/** What a company or an object may refer to: working employees, living teams, categories that exist. */
@Injectable()
export class References {
  constructor(private readonly db: Db) {}

  /** Refuses unknown references, all at once, each with its field. */
  async check(ctx: Ctx, { responsibleEmployeeId, responsibleTeamId, categoryIds = [] }: Given): Promise<void> {
    if (!responsibleEmployeeId && !responsibleTeamId && !categoryIds.length) return;
    const [found] = await this.db.query<{ employee: boolean; team: boolean; categories: string[] }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM employee WHERE id = $1 AND "isActive" AND "archivedAt" IS NULL) AS employee,
              EXISTS (SELECT 1 FROM team WHERE id = $2 AND "archivedAt" IS NULL) AS team,
              ARRAY(SELECT id::text FROM company_category WHERE id = ANY($3::uuid[])) AS categories`,
      [responsibleEmployeeId ?? null, responsibleTeamId ?? null, categoryIds],
    );
    const problems: FieldProblem[] = [];
    const refuse = (pointer: string, code: string) => problems.push({ pointer, code, message: '' });
    if (responsibleEmployeeId && !found!.employee) refuse('/responsibleEmployeeId', 'clients.employeeUnknown');
    if (responsibleTeamId && !found!.team) refuse('/responsibleTeamId', 'clients.teamUnknown');
    categoryIds.forEach((id, index) => {
      if (!found!.categories.includes(id.toLowerCase())) refuse(`/categoryIds/${index}`, 'clients.categoryUnknown');
    });
    if (problems.length) throw invalid(problems);
  }
}
