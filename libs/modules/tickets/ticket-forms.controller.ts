import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, Returns } from '@opora/platform/http';
import { Allow, PortalOnly } from '@opora/platform/permissions';
import { AskPortalVerdict, AskVerdict, ChangeType, FormVerdictView, TypePreviewView } from './ticket-forms.dto';
import { TicketTypeChange } from './ticket-type-change.service';
import { TicketVerdicts } from './ticket-verdicts.service';
import { TicketPermission } from './tickets.access';

@ApiTags('ticket-forms')
@Controller()
export class TicketFormsController {
  constructor(
    private readonly verdicts: TicketVerdicts,
    private readonly typeChange: TicketTypeChange,
  ) {}

  /** What the form asks for, given what has been filled in, and what would be refused: the same as creating or changing would say. */
  @Post('ticket-forms/verdict')
  @Allow(TicketPermission.read)
  @Returns(FormVerdictView)
  ask(@Context() ctx: Ctx, @Body() input: AskVerdict) {
    return this.verdicts.ask(ctx, input);
  }

  /** What the client's form asks for, given what has been filled in. */
  @Post('portal/ticket-forms/verdict')
  @PortalOnly()
  @Returns(FormVerdictView)
  askPortal(@Context() ctx: Ctx, @Body() { values }: AskPortalVerdict) {
    return this.verdicts.askPortal(ctx, values);
  }

  /** What another type would ask for, and which values it would lose; nothing is changed. */
  @Post('tickets/:id/type-preview')
  @Allow(TicketPermission.update)
  @Returns(TypePreviewView)
  preview(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() { typeId }: ChangeType) {
    return this.typeChange.preview(ctx, id, typeId);
  }
}
