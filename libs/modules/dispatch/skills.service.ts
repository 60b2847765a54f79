import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { DispatchError } from './dispatch.errors';
import { EmployeeSkill, Skill, TicketTypeSkill } from './skill.entity';
import type { SkillLevelInput, SkillView, TypeSkillsView } from './skills.dto';

const MAX_SKILLS = 200;
const SELECT = `SELECT s.id, s.name, (SELECT count(*)::int FROM employee_skill x JOIN employee e ON e.id = x."employeeId"
  WHERE x."skillId" = s.id AND e."isActive" AND e."archivedAt" IS NULL) AS people FROM skill s`;

/** What people know, and what tickets of a type need. */
@Injectable()
export class Skills {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  list(ctx: Ctx): Promise<SkillView[]> {
    return this.db.query<SkillView>(ctx, `${SELECT} ORDER BY lower(s.name), s.id`);
  }

  create(ctx: Ctx, name: string): Promise<SkillView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      await this.refuseTaken(ctx, name);
      if ((await this.db.repo(ctx, Skill).count()) >= MAX_SKILLS)
        throw DispatchError.tooManySkills({ limit: MAX_SKILLS });
      const id = newId();
      await this.db.repo(ctx, Skill).insert({ id, name, createdAt: ctx.now() });
      return this.touched(ctx, id);
    });
  }

  rename(ctx: Ctx, id: string, name: string): Promise<SkillView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      await this.get(ctx, id);
      await this.refuseTaken(ctx, name, id);
      await this.db.repo(ctx, Skill).update({ id }, { name });
      return this.touched(ctx, id);
    });
  }

  /** Nobody has it and nothing needs it any more. */
  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      await this.get(ctx, id);
      await this.db.repo(ctx, EmployeeSkill).delete({ skillId: id });
      await this.db.repo(ctx, TicketTypeSkill).delete({ skillId: id });
      await this.db.repo(ctx, Skill).delete({ id });
      this.touch(ctx);
    });
  }

  /** Ticket types in use with what they need. */
  ofTypes(ctx: Ctx): Promise<TypeSkillsView[]> {
    return this.db.query<TypeSkillsView>(
      ctx,
      `SELECT ty.id AS "typeId", ty.name->>$1 AS name,
         COALESCE((SELECT jsonb_agg(jsonb_build_object('skillId', x."skillId", 'level', x.level) ORDER BY x."skillId")
           FROM ticket_type_skill x WHERE x."typeId" = ty.id), '[]') AS skills
       FROM ticket_type ty WHERE ty."archivedAt" IS NULL ORDER BY ty.position, ty.id`,
      [ctx.locale],
    );
  }

  setOfType(ctx: Ctx, typeId: string, skills: readonly SkillLevelInput[]): Promise<TypeSkillsView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const known = (await this.ofTypes(ctx)).some((type) => type.typeId === typeId.toLowerCase());
      if (!known) throw DispatchError.typeNotFound();
      await this.check(ctx, skills);
      await this.db.repo(ctx, TicketTypeSkill).delete({ typeId });
      if (skills.length)
        await this.db
          .repo(ctx, TicketTypeSkill)
          .insert(skills.map(({ skillId, level }) => ({ typeId, skillId, level })));
      this.touch(ctx);
      return (await this.ofTypes(ctx)).find((type) => type.typeId === typeId.toLowerCase())!;
    });
  }

  /** Replaces the skills of a person. */
  async setOfPerson(ctx: TxCtx, employeeId: string, skills: readonly SkillLevelInput[]): Promise<void> {
    await this.lock(ctx);
    await this.check(ctx, skills);
    await this.db.repo(ctx, EmployeeSkill).delete({ employeeId });
    if (skills.length)
      await this.db
        .repo(ctx, EmployeeSkill)
        .insert(skills.map(({ skillId, level }) => ({ employeeId, skillId, level })));
  }

  /** Refuses skills there are not, and one named twice. */
  private async check(ctx: Ctx, skills: readonly SkillLevelInput[]): Promise<void> {
    const known = new Set((await this.list(ctx)).map(({ id }) => id));
    const ids = skills.map(({ skillId }) => skillId.toLowerCase());
    const problems = ids.flatMap((id, at) => {
      const code = !known.has(id) ? 'skillUnknown' : ids.indexOf(id) < at ? 'skillTwice' : undefined;
      return code ? [{ pointer: `/skills/${at}/skillId`, code: `dispatch.${code}`, message: '' }] : [];
    });
    if (problems.length) throw invalid(problems);
  }

  private async get(ctx: Ctx, id: string): Promise<SkillView> {
    const [row] = await this.db.query<SkillView>(ctx, `${SELECT} WHERE s.id = $1`, [id]);
    return row ?? raise(DispatchError.skillNotFound());
  }

  private async refuseTaken(ctx: Ctx, name: string, except: string | null = null): Promise<void> {
    const taken = await this.db.query(
      ctx,
      'SELECT 1 FROM skill WHERE lower(name) = lower($1) AND id IS DISTINCT FROM $2::uuid',
      [name, except],
    );
    if (taken.length) throw DispatchError.skillTaken({ name });
  }

  private async lock(ctx: TxCtx): Promise<void> {
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('dispatch.skills'))`);
  }

  private touched(ctx: TxCtx, id: string): Promise<SkillView> {
    this.touch(ctx);
    return this.get(ctx, id);
  }

  private touch(ctx: TxCtx): void {
    this.live.touch(ctx, ['skills', 'dispatch', 'tickets'], 'staff');
  }
}
