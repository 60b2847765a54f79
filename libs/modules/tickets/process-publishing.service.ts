import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import type { ProcessProblem } from './process-check';
import { effectiveDefinition, type OwnDefinition, type ProcessDefinition, statusesLost } from './process-definition';
import { ProcessDefinitions, type PublishedProcess } from './process-definitions.service';
import { ProcessDrafts, type ProcessSheet } from './process-drafts.service';
import { toProblemView } from './process-views.dto';
import { Process, ProcessVersion } from './process.entity';
import { entering } from './ticket-status';
import { type Ticket, TICKET_COLUMNS } from './ticket.entity';
import { doerOf, TicketWriter } from './ticket-writer.service';
import { TicketError } from './tickets.errors';

/** A process, and what it would become. */
type Change = { process: Process; now: ProcessDefinition; then: ProcessDefinition; own: OwnDefinition };
export type FamilyProblem = ProcessProblem & { processId: string };
/** A status that goes away while tickets stand in it. */
export type NeededMove = { statusId: string; name: string; tickets: number };
/** `whole` has the parts of before, too: to name them. */
export type ProcessVerdict = { whole: ProcessDefinition; problems: FamilyProblem[]; moves: NeededMove[] };

/** Puts a drawn process into force: for new tickets and for those on their way. */
@Injectable()
export class ProcessPublishing {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly definitions: ProcessDefinitions,
    private readonly drafts: ProcessDrafts,
    private readonly writer: TicketWriter,
  ) {}

  /** What would stand in the way of publishing a definition: its own, the draft, or what is in force. */
  async check(ctx: Ctx, id: string, definition?: OwnDefinition): Promise<ProcessVerdict> {
    const published = await this.definitions.get(ctx, id);
    const own = definition ?? published.process.draft?.definition ?? published.own;
    return this.verdict(ctx, published, own);
  }

  publish(ctx: Ctx, id: string, { note = null, moves = {} }: { note?: string | null; moves?: Record<string, string> }) {
    return this.db.tx(ctx, async (ctx): Promise<ProcessSheet> => {
      const process = await this.drafts.lock(ctx, id);
      const own = process.draft?.definition ?? raise(TicketError.draftMissing());
      const published = await this.definitions.get(ctx, id);
      const changes = await this.changes(ctx, published, own);
      // Nobody may enter a status while it goes away.
      if (changes.some(({ now, then }) => statusesLost(now, then).length))
        await this.db.query(ctx, 'LOCK TABLE ticket IN EXCLUSIVE MODE');
      const { problems, moves: needed, whole } = await this.verdict(ctx, published, own);
      if (problems.length)
        throw TicketError.processInvalid(
          {},
          { problems: problems.map((problem) => toProblemView(ctx, problem, whole)) },
        );
      const targets = lowered(moves);
      const missing = needed.filter(({ statusId }) => !targets[statusId]);
      if (missing.length) throw TicketError.movesNeeded({}, { moves: missing });
      for (const { statusId } of needed)
        if (
          changes.some(({ now, then }) => has(now, statusId) && !has(then, statusId) && !has(then, targets[statusId]!))
        )
          throw fieldProblem(`/moves/${statusId}`, 'tickets.statusUnknown');
      await this.definitions.write(ctx, process, own);
      for (const change of changes) await this.carry(ctx, change, targets, note);
      await this.record(ctx, process, own, note);
      this.live.touch(ctx, ['processes', 'tickets'], 'staff');
      return this.drafts.get(ctx, id);
    });
  }

  private async verdict(ctx: Ctx, published: PublishedProcess, own: OwnDefinition): Promise<ProcessVerdict> {
    const changes = await this.changes(ctx, published, own);
    const problems: FamilyProblem[] = [];
    for (const { process, own: said, then } of changes) {
      const found = await this.definitions.problems(ctx, process.id, then, said);
      problems.push(...found.map((problem) => ({ ...problem, processId: process.id })));
    }
    const known = changes.flatMap(({ now, then }) => [then, now]);
    const whole = {
      ...changes[0]!.then,
      statuses: known.flatMap(({ statuses }) => statuses),
      transitions: known.flatMap(({ transitions }) => transitions),
    };
    return { whole, problems, moves: await this.neededMoves(ctx, changes) };
  }

  /** The process itself and the variants that stand on it. */
  private async changes(
    ctx: Ctx,
    { process, base, whole: now }: PublishedProcess,
    own: OwnDefinition,
  ): Promise<Change[]> {
    const then = effectiveDefinition(base, own);
    const variants = process.baseId ? [] : await this.definitions.variants(ctx, process.id);
    return [
      { process, now, then, own },
      ...variants.map((variant) => ({
        process: variant.process,
        now: variant.whole,
        then: effectiveDefinition(then, variant.own),
        own: variant.own,
      })),
    ];
  }

  private async neededMoves(ctx: Ctx, changes: Change[]): Promise<NeededMove[]> {
    const lost = changes.flatMap(({ process, now, then }) =>
      statusesLost(now, then).map(({ id }) => [process.id, id] as const),
    );
    if (!lost.length) return [];
    return this.db.query<NeededMove>(
      ctx,
      `SELECT t."statusId", s.name->>$3 AS name, count(*)::int AS tickets
       FROM unnest($1::uuid[], $2::uuid[]) l("processId", "statusId") JOIN ticket t USING ("processId", "statusId")
       JOIN ticket_status s ON s.id = t."statusId" GROUP BY t."statusId", s.name, s.position ORDER BY s.position, t."statusId"`,
      [lost.map(([processId]) => processId), lost.map(([, statusId]) => statusId), ctx.locale],
    );
  }

  /** Tickets leave statuses that go away; in those that stay they follow a new category. */
  private async carry(
    ctx: TxCtx,
    { process, now, then }: Change,
    targets: Record<string, string>,
    note: string | null,
  ) {
    for (const { id } of statusesLost(now, then)) {
      const target = then.statuses.find((status) => status.id === targets[id]);
      if (target) await this.moveAll(ctx, process.id, id, target, note);
    }
    const turned = then.statuses.filter(({ id, category }) =>
      now.statuses.some((status) => status.id === id && status.category !== category),
    );
    for (const { id, category } of turned)
      await this.db.query(
        ctx,
        'UPDATE ticket SET "statusCategory" = $3 WHERE "processId" = $1 AND "statusId" = $2 AND "mergedIntoId" IS NULL',
        [process.id, id, category],
      );
  }

  private async moveAll(
    ctx: TxCtx,
    processId: string,
    statusId: string,
    { id, category }: Pick<ProcessDefinition['statuses'][number], 'id' | 'category'>,
    note: string | null,
  ): Promise<void> {
    for (;;) {
      const tickets = await this.db.query<Ticket>(
        ctx,
        `SELECT ${TICKET_COLUMNS} FROM ticket t WHERE t."processId" = $1 AND t."statusId" = $2 ORDER BY t.id LIMIT 500`,
        [processId, statusId],
      );
      for (const ticket of tickets) {
        const milestones = ticket.statusCategory === category ? {} : entering(category, ctx.now(), ticket);
        await this.writer.change(
          ctx,
          ticket,
          { statusId: id, ...(ticket.mergedIntoId ? {} : { statusCategory: category, ...milestones }) },
          { reason: note },
        );
      }
      if (tickets.length < 500) return;
    }
  }

  private async record(ctx: TxCtx, { id, version, revision }: Process, definition: OwnDefinition, note: string | null) {
    await this.db.query(ctx, 'UPDATE process SET draft = NULL, version = $2, revision = $3 WHERE id = $1', [
      id,
      version + 1,
      revision + 1,
    ]);
    await this.db.repo(ctx, ProcessVersion).insert({
      id: newId(),
      processId: id,
      number: version + 1,
      definition,
      note,
      publishedAt: ctx.now(),
      publishedBy: doerOf(ctx).actorName,
    });
  }
}

const has = ({ statuses }: ProcessDefinition, id: string): boolean => statuses.some((status) => status.id === id);
const lowered = (moves: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(moves).map(([from, to]) => [from.toLowerCase(), to.toLowerCase()]));
