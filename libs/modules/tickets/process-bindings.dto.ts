import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { TicketNamed } from './ticket-card.dto';

/** A row with several conditions needs all of them. */
export class BindingInput {
  @IsOptional()
  @IsUUID()
  typeId?: string | null;
  @IsOptional()
  @IsUUID()
  companyId?: string | null;
  /** A group of companies. */
  @IsOptional()
  @IsUUID()
  categoryId?: string | null;
  @IsUUID()
  processId: string;
}

export class ReplaceBindings {
  /** In their order: the first that fits counts. */
  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BindingInput)
  bindings: BindingInput[];
}

export class ProcessBindingView {
  id: string;
  type: TicketNamed | null;
  company: TicketNamed | null;
  category: TicketNamed | null;
  process: TicketNamed;
}
