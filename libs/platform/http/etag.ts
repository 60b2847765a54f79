import type { FastifyReply } from 'fastify';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { fieldProblem, raise, RequestError } from '../errors';

/** The version in `If-Match: "7"`; 428 without the header, 422 if it is no version. */
export const IfMatch = createParamDecorator((_: unknown, host: ExecutionContext): number => {
  return givenVersion(host) ?? raise(RequestError.preconditionRequired());
});

/** The version in `If-Match`, or undefined without the header: for requests that need not say what was seen. */
export const IfMatchGiven = createParamDecorator((_: unknown, host: ExecutionContext) => givenVersion(host));

function givenVersion(host: ExecutionContext): number | undefined {
  const header = host.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header === '') return undefined;
  const found = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim());
  if (!found) throw fieldProblem('/headers/If-Match', 'request.ifMatchInvalid');
  return Number(found[1]);
}

/** Puts the version into the `ETag` header and hands the view on. */
export function withEtag<View extends { version: number }>(reply: FastifyReply, view: View): View {
  void reply.header('etag', `"${view.version}"`);
  return view;
}
