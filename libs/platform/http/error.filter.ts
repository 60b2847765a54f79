import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import type { Ctx, Locale } from '../context';
import { isDatabaseAway } from '../db';
import { AccessError, type FieldProblem, ProblemError, RequestError } from '../errors';
import { hasText, text } from '../i18n';
import { log } from '../log';
import { localeOf } from './locale';

type RequestLike = FastifyRequest & { ctx?: Ctx };

/** Turns whatever was thrown into a problem body in the request's language. What is not expected becomes a plain 500 with a request id. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<RequestLike>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    sendProblem(error, request, reply);
  }
}

export function sendProblem(error: unknown, request: RequestLike, reply: FastifyReply): void {
  const problem = expected(error);
  if (problem.status >= 500)
    log.error({ traceId: request.id, url: request.url.split('?')[0], err: describe(error) }, 'request failed');
  if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
  const locale = request.ctx?.locale ?? localeOf(request.headers['accept-language']);
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  const { retryAfter } = problem.members as { retryAfter?: unknown };
  if (typeof retryAfter === 'number') void reply.header('Retry-After', String(Math.ceil(retryAfter)));
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(bodyOf(problem, locale, request)));
}

function bodyOf(problem: ProblemError, locale: Locale, request: RequestLike) {
  const title = text(locale, `errors.${problem.code}`, problem.facts);
  const errors = problem.fields.map(({ facts, ...field }) => ({
    ...field,
    message: fieldText(locale, field, { ...problem.facts, ...facts }),
  }));
  return {
    ...problem.members,
    type: `urn:opora:problem:${problem.code}`,
    title,
    status: problem.status,
    detail: errors[0] ? `${errors[0].pointer || '/'}: ${errors[0].message}` : title,
    instance: request.url.split('?')[0],
    code: problem.code,
    traceId: String(request.id),
    ...(errors.length ? { errors } : {}),
  };
}

/** A problem of one field in words. */
export function fieldText(locale: Locale, { code, message }: FieldProblem, facts: object = {}): string {
  const limits = message.match(/\d+(\.\d+)?/g) ?? [];
  const args = { ...facts, limit: limits[0] ?? '', limit2: limits[1] ?? '', values: message.split(': ')[1] ?? '' };
  if (hasText(locale, code)) return text(locale, code, args);
  if (hasText(locale, `errors.${code}`)) return text(locale, `errors.${code}`, args);
  return text(locale, 'validation.invalid', args);
}

function expected(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException) return ofStatus(error.getStatus());
  if (error instanceof QueryFailedError) {
    const code = (error.driverError as { code?: string }).code ?? '';
    // The last net under validation: text that PostgreSQL cannot read is the sender's fault, not ours.
    if (['22P02', '22003', '22021', '22007', '22008', '22P05'].includes(code)) return RequestError.invalid();
    if (code === '57014') return RequestError.unavailable();
  }
  const fastify = error as { statusCode?: number; code?: string };
  if (typeof fastify?.statusCode === 'number' && fastify.statusCode < 500) return ofStatus(fastify.statusCode);
  if (isDatabaseAway(error)) return RequestError.unavailable();
  return RequestError.internal();
}

function ofStatus(status: number): ProblemError {
  if (status === 401) return AccessError.signInRequired();
  if (status === 403) return AccessError.denied();
  if (status === 404) return RequestError.notFound();
  if (status === 405) return RequestError.methodNotAllowed();
  if (status === 413) return RequestError.tooLarge();
  if (status === 415) return RequestError.unsupportedMediaType();
  if (status === 429) return RequestError.tooMany();
  if (status === 503) return RequestError.unavailable();
  return status >= 500 ? RequestError.internal() : RequestError.malformed();
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
