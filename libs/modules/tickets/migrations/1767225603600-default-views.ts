import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fixed ids, so that an export of one installation fits another. */
const id = (number: number): string => `01940000-0000-7000-8000-000006${String(number).padStart(6, '0')}`;
const local = (ru: string, en: string) => ({ ru, en });

const COLUMNS = ['number', 'subject', 'status', 'priority', 'company', 'assignee', 'team', 'updatedAt', 'deadlineAt'];

const CRITICAL = {
  if: 'priority:critical is:open',
  tint: 'red',
  icon: 'flame',
  label: local('Критический приоритет', 'Critical priority'),
};
const OVERDUE = { if: 'is:overdue', tint: 'orange', icon: 'alarm', label: local('Срок прошёл', 'Overdue') };
const SECOND_LINE = {
  if: 'line:2 is:unassigned is:open',
  tint: 'yellow',
  icon: 'stairs',
  label: local('Вторая линия: взять сейчас', 'Second line: take now'),
};
const UNASSIGNED = {
  if: 'is:unassigned is:open',
  tint: 'blue',
  icon: 'user-question',
  label: local('Нет ответственного', 'Nobody is responsible'),
};
const RULES = [CRITICAL, OVERDUE, SECOND_LINE, UNASSIGNED];

const line = (number: number): [string, string, string, string, string] => [
  `Линия ${number}`,
  `Line ${number}`,
  `line:${number} is:open`,
  '-updatedAt',
  'stairs',
];

const VIEWS: [ru: string, en: string, query: string, sort: string, icon: string][] = [
  ['Мои', 'Mine', 'assignee:me is:open', '-updatedAt', 'user'],
  ['Без ответственного', 'Unassigned', 'is:unassigned is:open', 'createdAt', 'user-question'],
  line(1),
  line(2),
  line(3),
  line(4),
  ['Новые', 'New', 'status:new', 'createdAt', 'sparkles'],
  ['Просрочено', 'Overdue', 'is:overdue', 'deadlineAt', 'alarm'],
  ['Ждём клиента', 'Waiting for client', 'status:waiting_client', 'updatedAt', 'hourglass'],
  ['Ждём партнёра', 'Waiting for partner', 'status:waiting_partner', 'updatedAt', 'hourglass'],
  ['Все открытые', 'All open', 'is:open', '-updatedAt', 'inbox'],
  ['Недавно закрытые', 'Recently closed', 'is:closed updated:>=-7d', '-updatedAt', 'archive'],
];

export class DefaultViews1767225603600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [index, [ru, en, query, sort, icon]] of VIEWS.entries()) {
      await runner.query(
        `INSERT INTO ticket_view (id, name, query, columns, sort, "colorRules", position, icon, "createdAt", "updatedAt")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), now())`,
        [
          id(index + 1),
          JSON.stringify(local(ru, en)),
          query,
          COLUMNS,
          sort,
          JSON.stringify(RULES),
          (index + 1) * 10,
          icon,
        ],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM ticket_view WHERE id = ANY($1::uuid[])', [VIEWS.map((_, index) => id(index + 1))]);
  }
}
