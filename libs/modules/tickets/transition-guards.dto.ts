import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { GUARD_PARAM_TYPES, type GuardParam, type GuardValue, type TransitionGuard } from './transition-guards';

export class GuardOptionView {
  value: string;
  label: string;
}

export class GuardParamView {
  name: string;
  /** `minutes` are whole minutes; `choice` takes one of the options. */
  @ApiProperty({ enum: GUARD_PARAM_TYPES })
  type: GuardParam['type'];
  label: string;
  min: number | null;
  max: number | null;
  @ApiProperty({
    oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'string' }],
    nullable: true,
    type: Object,
  })
  default: GuardValue | null;
  options: GuardOptionView[];
}

/** A condition that a transition of a process may carry. */
export class TransitionGuardView {
  name: string;
  label: string;
  params: GuardParamView[];
}

export const toTransitionGuardView = (
  ctx: Ctx,
  { name, label, params = [] }: TransitionGuard,
): TransitionGuardView => ({
  name,
  label: label?.(ctx) ?? name,
  params: params.map((param) => ({
    name: param.name,
    type: param.type,
    label: param.label(ctx),
    min: param.min ?? null,
    max: param.max ?? null,
    default: param.default ?? null,
    options: param.options?.(ctx) ?? [],
  })),
});
