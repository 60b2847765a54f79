import { visibleTo as visibleTickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { Files } from '@opora/platform/files';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ApprovalDocuments } from './approval-documents.service';
import type { FlowPerson, StepState } from './approval-flow';
import type { Opened } from './approval-links.service';
import { ApprovalReading } from './approval-reading.service';
import { ApprovalItem } from './approval-route.entity';
import { isLate } from './approval-terms';
import { toMoney } from './approval-refs';
import { decisionsOf, toFileView } from './approval-views';
import type {
  LinkApprovalView,
  PortalApprovalRowView,
  PortalApprovalState,
  PortalApprovalView,
  SharedApprovalDocumentView,
} from './shared-approval-views.dto';
import { Approval } from './approval.entity';
import type { ListPortalApprovals } from './approvals.dto';
import { ApprovalError } from './approvals.errors';
import { type FileFacts, itemJson } from './approvals.query';
import { byKey } from './approvals.service';
import type { Currency } from './route-choice';
import type { LocalText } from './route-definition';

type PortalRow = {
  id: string;
  stepId: string;
  number: number;
  title: string;
  text: string;
  kind: { id: string; name: LocalText };
  amount: string | null;
  currency: Currency;
  step: StepState;
  approval: Approval['state'];
  askedAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
  comment: string;
  ticket: { id: string; number: number; subject: string } | null;
};

/** What an approval shows outside its own screen: on the page of a link, and to clients on the portal. Fields are named one by one. */
@Injectable()
export class SharedApprovals {
  constructor(
    private readonly db: Db,
    private readonly files: Files,
    private readonly reading: ApprovalReading,
    private readonly documents: ApprovalDocuments,
  ) {}

  async ofLink(ctx: Ctx, { approval, step, person, confirmation }: Opened): Promise<LinkApprovalView> {
    const people = await this.reading.people(ctx, [approval.initiatorId, person.id]);
    const stage = approval.route.stages[step.stage]!;
    const missing = await this.documents.missing(ctx, approval, stage.documents);
    const kinds = await this.db.repo(ctx, ApprovalItem).findBy({ id: In([approval.kindId, ...missing]) });
    const label = (id: string): string => kinds.find((kind) => kind.id === id)?.name[ctx.locale] ?? '';
    return {
      number: approval.number,
      title: approval.title,
      text: approval.text,
      kind: { label: label(approval.kindId) },
      amount: toMoney(approval.amount),
      currency: approval.currency,
      initiator: people.get(approval.initiatorId)?.name ?? '',
      person: people.get(person.id)?.name ?? '',
      askedAt: step.askedAt!.toISOString(),
      dueAt: step.dueAt?.toISOString() ?? null,
      isOverdue: isLate(step.dueAt?.getTime() ?? null, ctx.now().getTime()),
      documents: await this.documentsFor(ctx, approval.id, person),
      missing: missing.map((id) => ({ label: label(id) })),
      decisions: decisionsOf(stage),
      confirmation,
    };
  }

  /** What a contact was asked about, the newest question first; or what still waits for him, the oldest first. */
  async ofContact(ctx: Ctx, { state, cursor, limit }: ListPortalApprovals): Promise<Page<PortalApprovalRowView>> {
    const params = new SqlParams();
    const select = selectPortal(ctx, params);
    const after = decodeCursor(cursor, ['uuid']);
    const isOpen = state === 'open';
    const page = after ? `AND s.id ${isOpen ? '>' : '<'} ${params.add(after[0])}::uuid` : '';
    const rows = await this.db.query<PortalRow>(
      ctx,
      `${select} AND s.state ${isOpen ? '=' : '<>'} 'asked' ${page} ORDER BY s.id ${isOpen ? 'ASC' : 'DESC'} LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const { data, page: next } = pageOfRows(rows, limit, ({ stepId }) => keyset(stepId));
    return { data: data.map((row) => toRow(ctx, row)), page: next };
  }

  async countOpen(ctx: Ctx): Promise<number> {
    const [row] = await this.db.query<{ open: number }>(
      ctx,
      `SELECT count(*)::int AS open FROM approval_step s WHERE s."personId" = $1 AND s."personKind" = 'contact' AND s.state = 'asked'`,
      [ctx.actor.id],
    );
    return row!.open;
  }

  /** The newest question of an approval to this contact. */
  async oneOfContact(ctx: Ctx, key: string): Promise<PortalApprovalView> {
    const params = new SqlParams();
    const select = selectPortal(ctx, params);
    const [row] = await this.db.query<PortalRow>(
      ctx,
      `${select} AND ${byKey(key, params)} ORDER BY s.round DESC, s.stage DESC, s.generation DESC, s.id DESC LIMIT 1`,
      params.values,
    );
    const approval = row && (await this.db.repo(ctx, Approval).findOneBy({ id: row.id }));
    if (!approval) throw ApprovalError.notFound();
    const people = await this.reading.people(ctx, [approval.initiatorId]);
    const view = toRow(ctx, row);
    return {
      ...view,
      text: row.text,
      initiator: people.get(approval.initiatorId)?.name ?? '',
      comment: row.comment,
      documents: await this.documentsFor(ctx, row.id, { kind: 'contact', id: ctx.actor.id }),
      decisions: view.state === 'asked' ? decisionsOf(approval.route.stages[approval.stage]!) : null,
    };
  }

  /** A client is shown what the initiator attached; papers of the house stay in the house. */
  private async documentsFor(
    ctx: Ctx,
    approvalId: string,
    { kind }: FlowPerson,
  ): Promise<SharedApprovalDocumentView[]> {
    const rows = await this.db.query<{ kind: { name: LocalText } | null; file: FileFacts }>(
      ctx,
      `SELECT ${itemJson('d."kindId"')} AS kind, jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'sha256', f.sha256,
         'createdAt', to_char(f."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS file
       FROM approval_document d JOIN approval a ON a.id = d."approvalId" JOIN stored_file f ON f.id = d."fileId"
       WHERE d."approvalId" = $1 AND d."removedAt" IS NULL AND ($2 = 'employee' OR (d."addedById" = a."initiatorId" AND d."addedByKind" = a."initiatorKind")) ORDER BY d.id`,
      [approvalId, kind],
    );
    return rows.map(({ kind, file }) => ({
      kind: kind?.name[ctx.locale] ?? null,
      file: toFileView(ctx, this.files, file),
    }));
  }
}

function selectPortal({ actor }: Ctx, params: SqlParams): string {
  const me = params.add(actor.id);
  const ticket = `(SELECT jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) FROM ticket t
    WHERE t.id = a."ticketId" AND t."deletedAt" IS NULL AND ${visibleTickets(actor, params)})`;
  return `SELECT a.id, s.id AS "stepId", a.number, a.title, a.text, ${itemJson('a."kindId"')} AS kind, a.amount::text, a.currency, s.state AS step, a.state AS approval,
    s."askedAt", s."dueAt", s."endedAt", s.comment, ${ticket} AS ticket
    FROM approval_step s JOIN approval a ON a.id = s."approvalId" WHERE s."personId" = ${me}::uuid AND s."personKind" = 'contact' AND s."askedAt" IS NOT NULL`;
}

const STATES: Partial<Record<StepState, PortalApprovalState>> = {
  asked: 'asked',
  approved: 'approved',
  merged: 'approved',
  declined: 'declined',
  returned: 'returned',
};

function toRow(ctx: Ctx, row: PortalRow): PortalApprovalRowView {
  const state = row.step === 'asked' && row.approval !== 'waiting' ? 'over' : (STATES[row.step] ?? 'over');
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    kind: { label: row.kind.name[ctx.locale] },
    amount: toMoney(row.amount),
    currency: row.currency,
    state,
    askedAt: row.askedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    isOverdue: state === 'asked' && isLate(row.dueAt?.getTime() ?? null, ctx.now().getTime()),
    decidedAt: state === 'asked' || state === 'over' ? null : (row.endedAt?.toISOString() ?? null),
    ticket: row.ticket,
  };
}
