import type { MigrationInterface, QueryRunner } from 'typeorm';

const local = (ru: string, en: string) => ({ ru, en });
const IMPACTS = [
  { code: 'person', name: local('Один человек', 'One person') },
  { code: 'site', name: local('Объект или отдел', 'A site or department') },
  { code: 'company', name: local('Вся компания', 'The whole company') },
];
const URGENCIES = [
  { code: 'low', name: local('Может подождать', 'Can wait') },
  { code: 'medium', name: local('Мешает работать', 'Hinders work') },
  { code: 'high', name: local('Работа стоит', 'Work has stopped') },
];
/** By impact, then by urgency. */
const PRIORITIES = [
  ['low', 'normal', 'high'],
  ['normal', 'normal', 'high'],
  ['normal', 'high', 'critical'],
];

/** A matrix ready to be switched on, and the rules of parents and children on types. */
export class WeighPriorities1767225603530 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE priority_matrix (
      id integer CONSTRAINT priority_matrix_pkey PRIMARY KEY, "isOn" boolean NOT NULL DEFAULT false,
      impacts jsonb NOT NULL, urgencies jsonb NOT NULL, cells jsonb NOT NULL)`);
    const rows = (await runner.query('SELECT id, code FROM priority')) as { id: string; code: string }[];
    const cells = IMPACTS.flatMap((impact, i) =>
      URGENCIES.flatMap((urgency, u) => {
        const priority = rows.find(({ code }) => code === PRIORITIES[i]![u]);
        return priority ? [{ impact: impact.code, urgency: urgency.code, priorityId: priority.id }] : [];
      }),
    );
    await runner.query('INSERT INTO priority_matrix (id, impacts, urgencies, cells) VALUES (1, $1, $2, $3)', [
      JSON.stringify(IMPACTS),
      JSON.stringify(URGENCIES),
      JSON.stringify(cells),
    ]);
    await runner.query(`ALTER TABLE ticket_type ADD COLUMN "closeRules" jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ticket_type DROP COLUMN "closeRules"');
    await runner.query('DROP TABLE priority_matrix');
  }
}
