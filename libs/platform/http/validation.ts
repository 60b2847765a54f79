import { type ArgumentMetadata, Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { ProblemError, type FieldProblem } from '../errors';

const MOST_KEPT = 50;
const LONGEST_KEPT = 1000;
const MAX_ERRORS = 50;
const MAX_DEPTH = 12;
const TYPES = new Set([
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
  'isArray',
  'isObject',
  'isUuid',
  'isIn',
  'isRfc3339',
  'isEmail',
]);

/** Constraint arguments travel in the message as class-validator words them; the filter translates by code and keeps the numbers. */
function fieldsOf(errors: readonly ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${error.property.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    const broken = Object.entries(error.constraints ?? {});
    // A text of the wrong type is also "too long": say the type only.
    const typed = broken.find(([name]) => TYPES.has(name)) ?? broken[broken.length - 1];
    const own = typed ? [{ pointer, code: `validation.${typed[0]}`, message: typed[1] }] : [];
    return [...own, ...fieldsOf(error.children ?? [], pointer)];
  });
}

export const invalid = (fields: FieldProblem[]): ProblemError =>
  new ProblemError('request.invalid', 422, {}, {}, fields.slice(0, MAX_ERRORS));

/** Where a text holds U+0000, or nesting is too deep, or a key would reach a prototype. PostgreSQL text cannot hold the first. */
export function findHostile(value: unknown, pointer = '', depth = 0): FieldProblem | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0')) return { pointer, code: 'validation.noNul', message: '' };
    // A lone surrogate cannot be written as UTF-8.
    return value.isWellFormed() ? undefined : { pointer, code: 'validation.wellFormed', message: '' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { pointer, code: 'validation.tooDeep', message: '' };
  for (const [key, item] of Object.entries(value)) {
    const here = `${pointer}/${key}`;
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      return { pointer: here.replaceAll('\0', ''), code: 'validation.whitelistValidation', message: '' };
    if (key.includes('\0') || !key.isWellFormed()) return { pointer, code: 'validation.noNul', message: '' };
    const found = findHostile(item, here, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Which rules a class has, parents' included, is settled when its file is loaded; the library would look through all classes for each request. */
function rememberRules(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, ReturnType<typeof find>>();
  storage.getTargetValidationMetadatas = (target, schema, ...rest) => {
    if (schema) return find(target, schema, ...rest);
    let rules = known.get(target);
    if (!rules) known.set(target, (rules = find(target, schema, ...rest)));
    return rules;
  };
}
rememberRules();

/** Of the same class; lists in it are copied, too. */
function copyOf(query: object): object {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(query) as object) as Record<string, unknown>, query);
  for (const [key, value] of Object.entries(copy)) if (Array.isArray(value)) copy[key] = [...(value as unknown[])];
  return copy;
}

@Injectable()
export class RequestPipe implements PipeTransform {
  private readonly queries = new Map<unknown, Map<string, object>>();
  private readonly validator = new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalid(fieldsOf(errors)),
  });

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    return metadata.type === 'query' ? this.query(value, metadata) : this.check(value, metadata);
  }

  /** A query that was right stays right: screens ask the same one again and again. Each request gets a copy. */
  private async query(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const text = JSON.stringify(value);
    let known = this.queries.get(metadata.metatype);
    if (!known) this.queries.set(metadata.metatype, (known = new Map()));
    const found = known.get(text);
    if (found) return copyOf(found);
    const checked = await this.check(value, metadata);
    if (typeof checked !== 'object' || checked === null || text.length > LONGEST_KEPT) return checked;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(text, checked);
    return copyOf(checked);
  }

  private async check(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const hostile = findHostile(value);
    if (hostile) throw invalid([hostile]);
    const isShape =
      typeof metadata.metatype === 'function' &&
      ![String, Number, Boolean, Array, Object].includes(metadata.metatype as never);
    if (metadata.type === 'body' && isShape && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw invalid([{ pointer: '', code: 'validation.isObject', message: '' }]);
    }
    return this.validator.transform(value, metadata);
  }
}
