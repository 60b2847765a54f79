import { ApiProperty } from '@nestjs/swagger';

/** One wrong field. */
export class FieldProblemView {
  /** JSON Pointer to the field, such as `/files/0/caption`. */
  pointer: string;
  /** Stable code, such as `validation.isUuid`. */
  code: string;
  /** What is wrong, in the request's language. */
  message: string;
}

/** RFC 9457 problem. `code` is stable; `title` and `detail` are in the request's language. */
export class Problem {
  @ApiProperty({ example: 'https://opora.localhost/problems/tickets.notFound' })
  type: string;
  title: string;
  @ApiProperty({ example: 404 })
  status: number;
  detail?: string;
  instance?: string;
  @ApiProperty({ example: 'tickets.notFound' })
  code: string;
  /** The request's id, also in the log. */
  traceId: string;
  errors?: FieldProblemView[];
}
