import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { ReturnsList } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import { ConditionFieldsQuery, ConditionFieldView } from './conditions.dto';
import { FieldCatalogue } from './field-catalogue.service';

@ApiTags('fields')
@Controller('condition-fields')
export class ConditionsController {
  constructor(private readonly catalogue: FieldCatalogue) {}

  /** The fields that conditions of rules and policies may ask about, with the operators each understands. */
  @Get()
  @SignedIn()
  @ReturnsList(ConditionFieldView)
  async list(@Context() ctx: Ctx, @Query() { subject }: ConditionFieldsQuery) {
    return {
      data: (await this.catalogue.of(ctx, subject)).map(({ alias: _, ...field }) => ({
        ...field,
        ops: [...field.ops],
      })),
    };
  }
}
