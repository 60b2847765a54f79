import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { PREVIEW_EXAMPLES, PreviewSla, SlaPreviewView } from './sla-preview.dto';
import { SlaPreview } from './sla-preview.service';
import { SlaPermission } from './sla.access';

@ApiTags('sla')
@Controller('sla/preview')
export class SlaPreviewController {
  constructor(private readonly preview: SlaPreview) {}

  /**
   * When something would be due, how much has been worked until a moment, and why: a rule is tried without a ticket. Working time is a
   * moment whose wall clock lies in a shift; real time is counted, so an hour that happens twice counts twice. Zero seconds are due at the
   * start; what runs out exactly at closing is due at closing.
   */
  @Post()
  @Allow(SlaPermission.read, SlaPermission.manage)
  @ApiBody({ type: PreviewSla, examples: PREVIEW_EXAMPLES })
  @Returns(SlaPreviewView)
  answer(@Context() ctx: Ctx, @Body() input: PreviewSla) {
    return this.preview.answer(ctx, input);
  }
}
