import { ApiProblem } from '@opora/client';
import type { Fields } from '@opora/ui/form';
import { notifyProblem } from '@opora/ui/theme';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf } from './process-draft';
import { processQuery, useSaveDraft, type Definition, type Process } from './processes.queries';

type Saving = {
  /** The part a form is about: refusals of it land on the form. */
  part?: { list: 'statuses' | 'transitions'; id: string };
  fields?: Pick<Fields<never>, 'applyProblem'>;
  onSaved?: () => void;
};
export type DraftEdit = {
  save: (change: (definition: Definition) => Definition, saving?: Saving) => void;
  isSaving: boolean;
  problem: Error | null;
};

/** Changes of a process: each is kept as a draft at once, nobody works by it until it is published. */
export function useProcessDraft(process: Process): DraftEdit {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Error | null>(null);
  const saving = useSaveDraft(process.id);
  return {
    isSaving: saving.isPending,
    problem,
    save: (change, { part, fields, onSaved } = {}) => {
      if (saving.isPending) return;
      const definition = change(definitionOf(process));
      setProblem(null);
      saving.mutate(
        { definition, revision: process.revision },
        {
          onSuccess: onSaved,
          onError: (error) => {
            if (error instanceof ApiProblem && error.status === 412)
              void queries.invalidateQueries({ queryKey: processQuery(process.id).queryKey });
            const placed = part && fields?.applyProblem(ofPart(error, definition, part));
            if (placed) return;
            if (part) setProblem(error);
            else notifyProblem(t('ui.failed'), error);
          },
        },
      );
    },
  };
}

/** The refusals of one part as its form knows them: `/statuses/3/name/ru` is `nameRu`. */
export function ofPart(error: Error, definition: Definition, { list, id }: NonNullable<Saving['part']>) {
  if (!(error instanceof ApiProblem)) return error;
  const place = `/${list}/${definition[list].findIndex((part) => part.id === id)}/`;
  return {
    errors: error.errors
      .filter(({ pointer }) => pointer.startsWith(place))
      .map((told) => ({ ...told, pointer: `/${flat(told.pointer.slice(place.length))}` })),
  };
}

const flat = (pointer: string) =>
  pointer.replace(/^(name|clientName)\/([a-z])/, (_, name: string, first: string) => name + first.toUpperCase());
