import { Attachments, TicketNotes } from '@opora/modules/tickets';
import { type Ctx, systemContext } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Handles } from '@opora/platform/events';
import { Files } from '@opora/platform/files';
import { text } from '@opora/platform/i18n';
import { Organisation } from '@opora/platform/organisation';
import { Injectable } from '@nestjs/common';
import type { PayloadOf } from '@opora/platform/events';
import { MakeSheet, NoteOnTicket } from './approval-jobs';
import { ApprovalReading } from './approval-reading.service';
import { type SheetContent, sheetHash, sheetOf } from './approval-sheet';
import { sheetPdf } from './approval-sheet-pdf';
import { Approval } from './approval.entity';

/** Approval sheets: made when an approval is over, kept, attached to its ticket; on request before. */
@Injectable()
export class ApprovalSheets {
  constructor(
    private readonly db: Db,
    private readonly reading: ApprovalReading,
    private readonly files: Files,
    private readonly organisation: Organisation,
    private readonly attachments: Attachments,
    private readonly notes: TicketNotes,
  ) {}

  /** The content with its hash: as kept at the end, or as it stands now. */
  async of(ctx: Ctx, key: string): Promise<{ number: number; hash: string; content: SheetContent }> {
    const card = await this.reading.get(ctx, key);
    const content = card.approval.sheet ?? sheetOf(card, await this.organisation.get(ctx));
    return { number: card.number, hash: sheetHash(content), content };
  }

  async pdfOf(ctx: Ctx, key: string): Promise<{ number: number; pdf: Buffer }> {
    const { number, hash, content } = await this.of(ctx, key);
    return { number, pdf: await sheetPdf(content, hash, ctx.locale) };
  }

  @Handles(MakeSheet)
  async make(_ctx: Ctx, { approvalId }: PayloadOf<typeof MakeSheet>): Promise<void> {
    const system = { ..._ctx, actor: systemContext().actor };
    const card = await this.reading.get(system, approvalId);
    const { approval } = card;
    if (approval.sheetHash) return;
    const house = await this.organisation.get(system);
    const content = sheetOf(card, house);
    const hash = sheetHash(content);
    const pdf = await sheetPdf(content, hash, house.locale);
    const name = text(house.locale, 'approvals.sheet.fileName', { number: approval.number });
    await this.db.tx(named(system, approval), async (ctx) => {
      const file = await this.files.store(ctx, { name: `${name}.pdf`, mime: 'application/pdf', content: pdf });
      if (!(await this.attach(ctx, approval, file.id))) await this.files.claim(ctx, [file.id]);
      await this.db
        .repo(ctx, Approval)
        .update({ id: approvalId }, { sheet: content as never, sheetHash: hash, sheetFileId: file.id });
    });
  }

  /** What became of the approval, as a line of the ticket's history. */
  @Handles(NoteOnTicket)
  async note(ctx: Ctx, { approvalId, state }: PayloadOf<typeof NoteOnTicket>): Promise<void> {
    const approval = await this.db.repo(ctx, Approval).findOneBy({ id: approvalId });
    if (!approval?.ticketId || !(await this.isThere(ctx, approval.ticketId))) return;
    const { locale } = await this.organisation.get(ctx);
    const words = `№ ${approval.number} «${approval.title}»: ${text(locale, `approvals.state.${state}`)}`;
    const asSystem = named({ ...ctx, actor: systemContext().actor }, approval);
    await this.notes.add(asSystem, approval.ticketId, [{ field: 'approval', before: null, after: words }]);
  }

  private async attach(ctx: TxCtx, { ticketId }: Approval, fileId: string): Promise<boolean> {
    if (!ticketId || !(await this.isThere(ctx, ticketId))) return false;
    await this.attachments.add(ctx, ticketId, { fileId, audience: ['internal'] });
    return true;
  }

  private async isThere(ctx: Ctx, ticketId: string): Promise<boolean> {
    const rows = await this.db.query(ctx, `SELECT 1 FROM ticket WHERE id = $1 AND "deletedAt" IS NULL`, [ticketId]);
    return rows.length > 0;
  }
}

/** What follows from an approval names it. */
const named = (ctx: Ctx, { id, title }: Approval): Ctx => ({ ...ctx, cause: { kind: 'approval', id, name: title } });
