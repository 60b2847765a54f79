export {
  encodeCursor,
  jsonPage,
  decodeCursor,
  keyset,
  mapPage,
  type Page,
  PageInfo,
  pageOfRows,
  PageQuery,
  type CursorShape,
} from './paging';
export { Flag, IdOrNumberParam, IdParam, List, Optional, Trimmed } from './params';
export { JsonText } from './json-text';
export { Returns, ReturnsList, ReturnsNothing, ReturnsPage } from './returns';
export { FieldProblemView, Problem } from './problem';
export { invalid } from './validation';
export { IfMatch, IfMatchGiven, withEtag } from './etag';
export { IsMoment, isRfc3339 } from './rfc3339';
export { askedLocale, localeOf } from './locale';
export { fastifyAdapter, prepareHttp } from './fastify';
export { fieldText } from './error.filter';
export { HttpModule } from './http.module';
export { IdempotencyKey } from './idempotency-key.entity';
