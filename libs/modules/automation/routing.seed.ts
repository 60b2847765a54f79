import type { Condition } from '@opora/modules/fields';
import { Absences } from '@opora/modules/people';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { CreateRoutingRow } from './routing-rows.dto';
import { RoutingRows } from './routing-rows.service';

const DAY = 86_400_000;

const speaksOf = (...words: string[]): Condition => ({
  any: words.flatMap((value) => [
    { field: 'subject', op: 'contains', value },
    { field: 'description', op: 'contains', value },
  ]),
});
const ofType = (value: string): Condition => ({ field: 'typeId', op: 'is', value });

/** The routing table of the demo company, and two of its people away. */
@Injectable()
export class RoutingSeed {
  constructor(
    private readonly db: Db,
    private readonly rows: RoutingRows,
    private readonly absences: Absences,
  ) {}

  async plant(ctx: Ctx): Promise<void> {
    if ((await this.rows.list(ctx)).length) return;
    const teams = await this.ids(ctx, 'SELECT name AS key, id FROM team WHERE "archivedAt" IS NULL');
    const calendars = await this.ids(ctx, 'SELECT code AS key, id FROM work_calendar WHERE "archivedAt" IS NULL');
    const types = await this.ids(ctx, 'SELECT code AS key, id FROM ticket_type WHERE "archivedAt" IS NULL');
    const [vip] = await this.db.query<{ id: string }>(ctx, `SELECT id FROM company_category WHERE code = 'vip'`);
    const rows: (Omit<CreateRoutingRow, 'teamId'> & { team: string })[] = [
      {
        name: 'VIP вне рабочих часов',
        when: vip ? { field: 'companyCategoryIds', op: 'in', value: [vip.id] } : { all: [] },
        isActive: !!vip,
        ...(calendars.has('office') && { hours: 'outside', calendarId: calendars.get('office') }),
        team: 'Экспертная группа',
      },
      { name: 'Картриджи', when: speaksOf('картридж', 'тонер'), team: 'Техническая поддержка' },
      { name: 'Камеры', when: speaksOf('камера', 'видеонаблюд'), team: 'Экспертная группа' },
      { name: 'Кабели и монтаж', when: speaksOf('кабель', 'монтаж'), team: 'Выездная служба' },
      { name: 'Консультации', when: ofType(types.get('consultation') ?? ''), team: 'Диспетчерская' },
      { name: 'Остальное', when: { all: [] }, team: 'Техническая поддержка' },
    ];
    for (const { team, ...row } of rows) {
      const teamId = teams.get(team);
      if (teamId) await this.rows.create(ctx, { ...row, teamId });
    }
    const people = await this.ids(ctx, 'SELECT email AS key, id FROM employee WHERE "archivedAt" IS NULL');
    await this.away(ctx, people, ['engineer3', 'engineer4'], -2, 12, 'vacation');
    await this.away(ctx, people, ['field2', 'field3'], 1, 6, 'sick');
  }

  private async away(
    ctx: Ctx,
    people: ReadonlyMap<string, string>,
    [who, substitute]: [string, string],
    from: number,
    to: number,
    reason: 'vacation' | 'sick',
  ): Promise<void> {
    const employeeId = people.get(`${who}@opora.demo`);
    if (!employeeId) return;
    const day = (days: number): string => new Date(ctx.now().getTime() + days * DAY).toISOString().slice(0, 10);
    const substituteId = people.get(`${substitute}@opora.demo`);
    await this.absences.create(ctx, { employeeId, from: day(from), to: day(to), substituteId, reason });
  }

  private async ids(ctx: Ctx, sql: string): Promise<Map<string, string>> {
    const rows = await this.db.query<{ key: string; id: string }>(ctx, sql);
    return new Map(rows.map(({ key, id }) => [key, id]));
  }
}
