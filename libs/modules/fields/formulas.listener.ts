import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Handles, Jobs, type PayloadOf } from '@opora/platform/events';
import { FieldRows } from './field-ports.service';
import { FieldStore } from './field-store.service';
import { ComputeFormulas } from './fields.jobs';
import { withComputed } from './formula-plan';

const AT_ONCE = 500;

/** Computes the formulas of rows anew after their definitions have changed. */
@Injectable()
export class FormulasListener {
  constructor(
    private readonly db: Db,
    private readonly store: FieldStore,
    private readonly rows: FieldRows,
    private readonly jobs: Jobs,
  ) {}

  @Handles(ComputeFormulas)
  compute(ctx: Ctx, { subject, after }: PayloadOf<typeof ComputeFormulas>): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const { list, plan } = await this.store.of(ctx, subject);
      const page = await this.rows.page(ctx, subject, after, AT_ONCE);
      const computed = page.map(({ id, customFields }) => ({
        id,
        customFields: withComputed(customFields, list, plan),
        before: customFields,
      }));
      const changed = computed.filter(({ customFields, before }) =>
        plan.some(({ code }) => customFields[code] !== before[code]),
      );
      await this.rows.write(ctx, subject, changed);
      const last = page.at(-1);
      if (last && page.length === AT_ONCE) await this.jobs.enqueue(ctx, ComputeFormulas({ subject, after: last.id }));
    });
  }
}
