import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Absences1767225601600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE absence (
        id uuid PRIMARY KEY,
        "employeeId" uuid NOT NULL CONSTRAINT absence_employee_fk REFERENCES employee (id),
        "startsAt" timestamp(3) with time zone NOT NULL,
        "endsAt" timestamp(3) with time zone NOT NULL,
        "substituteId" uuid CONSTRAINT absence_substitute_fk REFERENCES employee (id),
        reason text NOT NULL,
        note text NOT NULL DEFAULT '',
        version integer NOT NULL DEFAULT 1,
        "createdById" uuid,
        "createdAt" timestamp(3) with time zone NOT NULL,
        "updatedAt" timestamp(3) with time zone NOT NULL
      );
      CREATE INDEX absence_employee_idx ON absence ("employeeId", "startsAt");
      CREATE INDEX absence_start_idx ON absence ("startsAt", id);
      CREATE INDEX absence_substitute_idx ON absence ("substituteId");
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE absence');
  }
}
