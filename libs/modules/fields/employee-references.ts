import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Db } from '@opora/platform/db';
import { FieldReferences } from './field-ports.service';

/** Employees as values of references: those who work here, for the staff. */
@Injectable()
export class EmployeeReferences implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly references: FieldReferences,
  ) {}

  onModuleInit(): void {
    this.references.register('employee', {
      visible: async (ctx, ids) => {
        if (ctx.actor.kind === 'contact') return new Set();
        const rows = await this.db.query<{ id: string }>(
          ctx,
          'SELECT id FROM employee WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL',
          [ids],
        );
        return new Set(rows.map(({ id }) => id));
      },
      names: async (ctx, ids) => {
        const rows = await this.db.query<{ id: string; name: string }>(
          ctx,
          'SELECT id, name FROM employee WHERE id = ANY($1::uuid[])',
          [ids],
        );
        return new Map(rows.map(({ id, name }) => [id, name]));
      },
    });
  }
}
