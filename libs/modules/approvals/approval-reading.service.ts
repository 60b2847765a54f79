import { Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ApprovalItem } from './approval-route.entity';
import { Approval, ApprovalDocument, ApprovalFact, ApprovalStep } from './approval.entity';
import { visibleTo } from './approvals.access';
import type { ListApprovals } from './approvals.dto';
import { ApprovalError } from './approvals.errors';
import {
  type ApprovalRow,
  type CardParts,
  itemJson,
  listSql,
  type NamedPerson,
  PEOPLE,
  selectRow,
  type Waiting,
  waitsForJson,
  wordsSql,
} from './approvals.query';
import { byKey } from './approvals.service';
import type { LocalText } from './route-definition';

export type Reference = { id: string; number: number; title: string; state: Approval['state']; createdAt: Date };
export type Counts = { inbox: number; overdue: number; returned: number; tasks: number };
export type TicketApprovalRow = {
  id: string;
  number: number;
  title: string;
  kind: { id: string; name: LocalText };
  state: Approval['state'];
  waitsFor: Waiting[];
  createdAt: Date;
  finishedAt: Date | null;
  canOpen: boolean;
  amount: string | null;
  currency: Approval['currency'] | null;
};

/** Approvals as people read them: lists, one whole, what is on a ticket. */
@Injectable()
export class ApprovalReading {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
  ) {}

  async list(ctx: Ctx, query: ListApprovals): Promise<Page<ApprovalRow>> {
    const { sql, params } = listSql(ctx.actor, query, ctx.now());
    const rows = await this.db.query<ApprovalRow>(ctx, sql, params);
    return pageOfRows(rows, query.limit, (row) =>
      query.box === 'inbox' ? keyset(row.sortAt, row.mine!.stepId) : keyset(row.id),
    );
  }

  async counts(ctx: Ctx): Promise<Counts> {
    const [row] = await this.db.query<Counts>(
      ctx,
      `SELECT count(*) FILTER (WHERE s.state = 'asked')::int AS inbox, count(*) FILTER (WHERE s.state = 'asked' AND s."dueAt" + interval '1 second' <= $2)::int AS overdue,
         (SELECT count(*)::int FROM approval a WHERE a."initiatorId" = $1 AND a."initiatorKind" = 'employee' AND a.state = 'returned') AS returned,
         (SELECT count(*)::int FROM approval_task k WHERE k."employeeId" = $1 AND k."doneAt" IS NULL) AS tasks
       FROM approval_step s WHERE s."personId" = $1 AND s."personKind" = 'employee' AND s.state = 'asked'`,
      [ctx.actor.kind === 'employee' ? ctx.actor.id : null, ctx.now()],
    );
    return row!;
  }

  /** Approvals one may stand a request on, the newest first. */
  references(ctx: Ctx, q: string | undefined): Promise<Reference[]> {
    const params = new SqlParams();
    const words = q ? wordsSql(q, params) : 'true';
    return this.db.query<Reference>(
      ctx,
      `SELECT a.id, a.number, a.title, a.state, a."createdAt" FROM approval a WHERE a.state = 'approved' AND ${words} AND ${visibleTo(ctx.actor, params)} ORDER BY a.id DESC LIMIT 20`,
      params.values,
    );
  }

  /** One approval with everything its screen shows. */
  async get(ctx: Ctx, key: string): Promise<CardParts> {
    const params = new SqlParams();
    const me = params.add(ctx.actor.kind === 'employee' || ctx.actor.kind === 'contact' ? ctx.actor.id : null);
    const [row] = await this.db.query<ApprovalRow>(
      ctx,
      `${selectRow(me)} FROM approval a WHERE ${byKey(key, params)} AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    if (!row) throw ApprovalError.notFound();
    const { id } = row;
    const approval = (await this.db.repo(ctx, Approval).findOneBy({ id })) ?? raise(ApprovalError.notFound());
    const facts = await this.db.repo(ctx, ApprovalFact).find({ where: { approvalId: id }, order: { seq: 'ASC' } });
    const steps = await this.db.repo(ctx, ApprovalStep).find({ where: { approvalId: id }, order: { id: 'ASC' } });
    const rest = await this.rest(ctx, approval);
    const people = await this.people(ctx, peopleIn(approval, facts, steps, rest));
    const kinds = await this.kindsOf(ctx, approval);
    return { ...row, approval, facts, steps, ...rest, people, kinds };
  }

  private async rest(ctx: Ctx, { id, basedOnId }: Approval) {
    const documents = await this.db.query<CardParts['documents'][number]>(
      ctx,
      `SELECT d.*, ${itemJson('d."kindId"')} AS kind, jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'sha256', f.sha256,
         'createdAt', to_char(f."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS file
       FROM approval_document d JOIN stored_file f ON f.id = d."fileId" WHERE d."approvalId" = $1 AND d."removedAt" IS NULL ORDER BY d.id`,
      [id],
    );
    const copies = await this.db.query<{ id: string }>(
      ctx,
      `SELECT "employeeId" AS id FROM approval_copy WHERE "approvalId" = $1 ORDER BY 1`,
      [id],
    );
    const tasks = await this.db.query<CardParts['tasks'][number]>(
      ctx,
      `SELECT id, "employeeId", "doneAt", comment FROM approval_task WHERE "approvalId" = $1 ORDER BY id`,
      [id],
    );
    const [basedOn] = basedOnId
      ? await this.db.query<Reference>(ctx, `SELECT id, number, title, state FROM approval WHERE id = $1`, [basedOnId])
      : [];
    const params = new SqlParams();
    const foundedHere = await this.db.query<Reference>(
      ctx,
      `SELECT a.id, a.number, a.title, a.state FROM approval a WHERE a."basedOnId" = ${params.add(id)}::uuid AND ${visibleTo(ctx.actor, params)} ORDER BY a.id DESC LIMIT 50`,
      params.values,
    );
    return { documents, copies, tasks, basedOn: basedOn ?? null, foundedHere };
  }

  /** Names by id, those who have left included. */
  async people(ctx: Ctx, ids: readonly string[]): Promise<Map<string, NamedPerson>> {
    if (!ids.length) return new Map();
    const rows = await this.db.query<NamedPerson>(ctx, PEOPLE, [[...new Set(ids)]]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async kindsOf(ctx: Ctx, { route }: Approval): Promise<Map<string, LocalText>> {
    const ids = route.stages.flatMap(({ documents }) => documents.map(({ kindId }) => kindId));
    if (!ids.length) return new Map();
    const items = await this.db.repo(ctx, ApprovalItem).findBy({ id: In(ids) });
    return new Map(items.map(({ id, name }) => [id, name]));
  }

  /** What is decided about a ticket; the amounts only where the actor takes part. */
  async ofTicket(ctx: Ctx, key: string): Promise<TicketApprovalRow[]> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const params = new SqlParams();
    const visible = visibleTo(ctx.actor, params);
    return this.db.query<TicketApprovalRow>(
      ctx,
      `SELECT a.id, a.number, a.title, ${itemJson('a."kindId"')} AS kind, a.state, ${waitsForJson} AS "waitsFor", a."createdAt", a."finishedAt", ${visible} AS "canOpen",
         CASE WHEN ${visible} THEN a.amount::text END AS amount, CASE WHEN ${visible} THEN a.currency END AS currency
       FROM approval a WHERE a."ticketId" = ${params.add(ticketId)}::uuid ORDER BY a.id DESC LIMIT 200`,
      params.values,
    );
  }
}

function peopleIn(
  { initiatorId, route }: Approval,
  facts: readonly ApprovalFact[],
  steps: readonly ApprovalStep[],
  {
    documents,
    copies,
  }: { documents: readonly Pick<ApprovalDocument, 'addedById'>[]; copies: readonly { id: string }[] },
): string[] {
  const ids: (string | null | undefined)[] = [
    initiatorId,
    ...route.stages.flatMap(({ people, escalateTo }) => [...people, ...escalateTo].map(({ id }) => id)),
    ...route.executors.map(({ person }) => person.id),
    ...facts.flatMap(({ actorId, data }) => [actorId, data.person?.id, ...(data.to ?? []).map(({ id }) => id)]),
    ...steps.flatMap(({ personId, insteadOfId }) => [personId, insteadOfId]),
    ...documents.map(({ addedById }) => addedById),
    ...copies.map(({ id }) => id),
  ];
  return [...new Set(ids.filter((id) => id !== null && id !== undefined))];
}
