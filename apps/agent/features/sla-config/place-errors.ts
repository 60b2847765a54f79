import { ApiProblem, type FieldProblem } from '@opora/client';
import { useState } from 'react';

/** The refusals that belong to a place of a nested form: to the place itself or to anything inside it. */
export function messagesAt(errors: FieldProblem[], place: string): string | undefined {
  const found = errors.filter(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`));
  return found.length > 0 ? [...new Set(found.map(({ message }) => message))].join(' ') : undefined;
}

/** Keeps the server's refusal and hands each part of it to its place; what no place shows is told as a whole. */
export function usePlaceErrors(places: string[]) {
  const [problem, setProblem] = useState<Error | null>(null);
  const errors = problem instanceof ApiProblem ? problem.errors : [];
  const isShown = ({ pointer }: FieldProblem) =>
    places.some((place) => pointer === place || pointer.startsWith(`${place}/`));
  const unplaced = errors.filter((error) => !isShown(error)).map(({ message }) => message);
  return {
    errors,
    at: (place: string) => messagesAt(errors, place),
    /** What stands above the form. */
    whole: problem === null ? null : errors.length === 0 ? problem.message : unplaced.join(' ') || null,
    tell: setProblem,
    clear: () => setProblem(null),
  };
}
