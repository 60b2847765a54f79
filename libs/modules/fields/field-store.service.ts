import { Injectable } from '@nestjs/common';
import type { Ctx, Transaction } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Live } from '@opora/platform/live';
import { CustomField, FIELD_SUBJECTS, type FieldSubject } from './custom-field.entity';
import { type FormulaPlan, planOf } from './formula-plan';
import { FormRule } from './form-rule.entity';

/** The fields of one subject: those in use in their order, and the archived ones. */
export type SubjectFields = {
  list: readonly CustomField[];
  byCode: ReadonlyMap<string, CustomField>;
  all: readonly CustomField[];
  plan: FormulaPlan;
  rules: readonly FormRule[];
};
type Kept = { revision: string; checkedAt: number; subjects: ReadonlyMap<FieldSubject, SubjectFields> };

/** For so long a reader outside a transaction does not ask whether the fields have changed elsewhere. */
const TRUSTED_MS = 1000;

/** Fields and rules, kept in memory until their revision changes. Whoever writes always sees the newest. */
@Injectable()
export class FieldStore {
  private kept?: Kept;
  /** What a transaction has seen, it goes on seeing. */
  private readonly seen = new WeakMap<Transaction, Kept>();
  /** Transactions that change fields: what they see is not yet true for others. */
  private readonly changing = new WeakSet<Transaction>();

  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  /** For values: outside a transaction it may be a second old. */
  async of(ctx: Ctx, subject: FieldSubject): Promise<SubjectFields> {
    return (await this.read(ctx, TRUSTED_MS)).subjects.get(subject)!;
  }

  /** For whoever looks at the definitions themselves. */
  async newestOf(ctx: Ctx, subject: FieldSubject): Promise<SubjectFields> {
    return (await this.read(ctx)).subjects.get(subject)!;
  }

  /** Every field of every subject, the archived ones too. */
  async all(ctx: Ctx): Promise<CustomField[]> {
    return [...(await this.read(ctx)).subjects.values()].flatMap(({ all }) => all);
  }

  private async read(ctx: Ctx, trustedMs = 0): Promise<Kept> {
    const known = ctx.tx && this.seen.get(ctx.tx);
    if (known) return known;
    const found = await this.newest(ctx, trustedMs);
    if (ctx.tx) this.seen.set(ctx.tx, found);
    return found;
  }

  private async newest(ctx: Ctx, trustedMs: number): Promise<Kept> {
    const now = performance.now();
    if (!ctx.tx && this.kept && now - this.kept.checkedAt < trustedMs) return this.kept;
    const [row] = await this.db.prepared<{ revision: string }>(ctx, 'SELECT revision FROM field_revision WHERE id = 1');
    const revision = row!.revision;
    if (this.kept?.revision === revision) return Object.assign(this.kept, { checkedAt: now });
    const fresh = { revision, checkedAt: now, subjects: await this.load(ctx) };
    if (!ctx.tx || !this.changing.has(ctx.tx)) this.kept = fresh;
    return fresh;
  }

  private async load(ctx: Ctx): Promise<Kept['subjects']> {
    const fields = await this.db.repo(ctx, CustomField).find({ order: { position: 'ASC', code: 'ASC' } });
    const rules = await this.db.repo(ctx, FormRule).find({ order: { position: 'ASC', id: 'ASC' } });
    return new Map(
      FIELD_SUBJECTS.map((subject) => {
        const all = fields.filter((field) => field.subject === subject);
        const list = all.filter(({ archivedAt }) => !archivedAt);
        const byCode = new Map(list.map((field) => [field.code, field]));
        const plan = planOf(list);
        for (const { code, formula } of plan) byCode.get(code)!.config.result = formula.type;
        return [subject, { all, list, byCode, plan, rules: rules.filter((rule) => rule.subject === subject) }];
      }),
    );
  }

  /** One writer of fields and rules at a time. */
  async lock(ctx: TxCtx): Promise<void> {
    this.seen.delete(ctx.tx);
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('fields.definitions'))`);
  }

  /** Fields or rules were changed in this transaction: everybody reads them anew after it. */
  async changed(ctx: TxCtx): Promise<void> {
    this.changing.add(ctx.tx);
    this.seen.delete(ctx.tx);
    await this.db.query(ctx, 'UPDATE field_revision SET revision = gen_random_uuid() WHERE id = 1');
    ctx.tx.afterCommit.push(() => (this.kept = undefined));
    this.live.touch(ctx, ['custom-fields', 'form-rules'], 'everyone');
  }
}
