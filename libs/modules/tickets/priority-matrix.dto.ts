import type { Ctx } from '@opora/platform/context';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsObject, IsUUID, ValidateNested } from 'class-validator';
import type { MatrixCell, MatrixLevel, PriorityMatrix } from './priority-matrix.entity';
import { LocalTextView } from './process-views.dto';
import { LocalTextInput } from './processes.dto';
import { Code } from './ticket-text';

export class MatrixLevelInput implements MatrixLevel {
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
}

export class MatrixCellInput implements MatrixCell {
  @Code()
  impact: string;
  @Code()
  urgency: string;
  @IsUUID()
  priorityId: string;
}

export class PutPriorityMatrix {
  /** Off, impact and urgency are kept and weigh nothing. */
  @IsBoolean()
  isOn: boolean;
  /** The least first. */
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique(({ code }: MatrixLevelInput) => code)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MatrixLevelInput)
  impacts: MatrixLevelInput[];
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique(({ code }: MatrixLevelInput) => code)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MatrixLevelInput)
  urgencies: MatrixLevelInput[];
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(({ impact, urgency }: MatrixCellInput) => `${impact}:${urgency}`)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MatrixCellInput)
  cells: MatrixCellInput[];
}

export class MatrixLevelView {
  code: string;
  /** In the request's language. */
  label: string;
  name: LocalTextView;
}

export class MatrixCellView {
  impact: string;
  urgency: string;
  priorityId: string;
}

export class PriorityMatrixView {
  isOn: boolean;
  impacts: MatrixLevelView[];
  urgencies: MatrixLevelView[];
  cells: MatrixCellView[];
}

export function toPriorityMatrixView(
  ctx: Ctx,
  { isOn, impacts, urgencies, cells }: PriorityMatrix,
): PriorityMatrixView {
  const level = ({ code, name }: MatrixLevel): MatrixLevelView => ({ code, label: name[ctx.locale], name });
  return { isOn, impacts: impacts.map(level), urgencies: urgencies.map(level), cells };
}
