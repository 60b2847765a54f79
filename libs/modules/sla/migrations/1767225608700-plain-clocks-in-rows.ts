import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Without a repetition of the two clocks. */
const plain = (column: string): string =>
  `(CASE WHEN "${column}"->'next'->>'metric' IN ('reaction', 'resolution') THEN "${column}" || '{"next": null}' ELSE "${column}" END)::json`;

/** The clocks of rows are read as they stand: as `jsonb` each reading wrote them anew. */
export class PlainClocksInRows1767225608700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "ticket_sla" ALTER COLUMN "ru" TYPE json USING ${plain('ru')}, ALTER COLUMN "en" TYPE json USING ${plain('en')}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "ticket_sla" ALTER COLUMN "ru" TYPE jsonb USING "ru"::jsonb, ALTER COLUMN "en" TYPE jsonb USING "en"::jsonb`,
    );
  }
}
