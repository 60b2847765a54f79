import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiNoContentResponse, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { JsonText } from './json-text';
import { PageInfo } from './paging';

type Answer<View> = View | (View extends object ? JsonText<View> : never);
type Returning<View> = <Method extends (...args: never[]) => Promise<Answer<View>> | Answer<View>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** Types the handler and documents the answer: a handler that returns another shape does not compile. */
export const Returns = <View extends object>(view: Type<View>, status = 200): Returning<View> =>
  applyDecorators(HttpCode(status), ApiResponse({ status, type: view })) as Returning<View>;

/** A page of rows: `{ data, page: { next, limit } }`. */
export const ReturnsPage = <View extends object>(view: Type<View>): Returning<{ data: View[]; page: PageInfo }> =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(view, PageInfo),
    ApiResponse({
      status: 200,
      schema: {
        type: 'object',
        required: ['data', 'page'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(view) } },
          page: { $ref: getSchemaPath(PageInfo) },
        },
      },
    }),
  ) as Returning<{ data: View[]; page: PageInfo }>;

/** A short list in full, without pages: `{ data }`. */
export const ReturnsList = <View extends object>(view: Type<View>): Returning<{ data: View[] }> =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(view),
    ApiResponse({
      status: 200,
      schema: {
        type: 'object',
        required: ['data'],
        properties: { data: { type: 'array', items: { $ref: getSchemaPath(view) } } },
      },
    }),
  ) as Returning<{ data: View[] }>;

/** 204, no body. */
export const ReturnsNothing = (): Returning<void> =>
  applyDecorators(HttpCode(204), ApiNoContentResponse()) as Returning<void>;
