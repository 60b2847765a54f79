import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Files } from '@opora/platform/files';
import { IdOrNumberParam, ReturnsList } from '@opora/platform/http';
import { PortalOnly } from '@opora/platform/permissions';
import { toPortalChecklistView } from './checklist-views';
import { PortalChecklistView } from './checklist-views.dto';
import { Checklists } from './checklists.service';

@ApiTags('portal')
@Controller('portal/tickets')
export class PortalChecklistsController {
  constructor(
    private readonly checklists: Checklists,
    private readonly files: Files,
  ) {}

  /** The items of a ticket's checklists that are shown to the client. */
  @Get(':id/checklists')
  @PortalOnly()
  @ReturnsList(PortalChecklistView)
  async ofTicket(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    const rows = await this.checklists.ofTicket(ctx, id);
    const views = rows.map((row) => toPortalChecklistView(row, (fileId) => this.files.urlOf(ctx, fileId)));
    return { data: views.filter(({ items }) => items.length > 0) };
  }
}
