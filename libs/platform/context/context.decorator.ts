import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Ctx } from './ctx';

export type RequestWithCtx = { ctx: Ctx };

/** The request's context, built by the guard. */
export const Context = createParamDecorator(
  (_: unknown, host: ExecutionContext): Ctx => host.switchToHttp().getRequest<RequestWithCtx>().ctx,
);
