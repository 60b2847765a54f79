import type { FieldProblem } from '@opora/platform/errors';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';

/** What is wrong with a stored value by the shape of a request it will become. */
export async function shapeProblems<Shape extends object>(
  shape: new () => Shape,
  value: unknown,
): Promise<FieldProblem[]> {
  const errors = await validate(plainToInstance(shape, value), { whitelist: true, forbidNonWhitelisted: true });
  return errors.flatMap((error) => problemsOf(error, ''));
}

function problemsOf({ property, constraints, children }: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${property.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  const [broken] = Object.entries(constraints ?? {});
  const own = broken ? [{ pointer, code: `validation.${broken[0]}`, message: broken[1] }] : [];
  return [...own, ...(children ?? []).flatMap((child) => problemsOf(child, pointer))];
}
