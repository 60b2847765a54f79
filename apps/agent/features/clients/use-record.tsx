import { ApiProblem } from '@opora/client';
import { notifyProblem } from '@opora/ui/theme';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duplicate } from './companies.queries';
import { DuplicatesDialog } from './duplicates';
import { RecordConflict, type FieldConflict } from './record-conflict';

type Versioned = { id: string; version: number };
type Change<Patch> = { patch: Patch; version?: number };

type Options<View extends Versioned, Patch> = {
  record: View;
  queryKey: QueryKey;
  send: (id: string, version: number, patch: Patch) => Promise<View>;
  /** A field's value in words, as it stands in a record. */
  wordsOf: (record: View, field: string) => string;
  /** The list this record stands in. */
  listKey: QueryKey;
};

/** One field in writing: what failed, told at that field. */
export type Save<Patch> = (
  patch: Patch,
  handlers?: {
    onDone?: () => void;
    onFieldError?: (message: string) => void;
    /** What was on the screen when the writing began, if that is not what is on it now. */
    version?: number;
  },
) => void;

/**
 * Writes single fields of a record over the version that is on the screen. Somebody else's value of the same field is
 * shown beside one's own before anything is overwritten; a suspected double asks first.
 */
export function useRecord<View extends Versioned, Patch extends object>({
  record,
  queryKey,
  listKey,
  send,
  wordsOf,
}: Options<View, Patch>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [clash, setClash] = useState<{
    current: View;
    conflicts: FieldConflict[];
    patch: Patch;
    onDone?: () => void;
  } | null>(null);
  const [doubles, setDoubles] = useState<{ duplicates: Duplicate[]; patch: Patch; onDone?: () => void } | null>(null);
  const write = useMutation({
    mutationFn: ({ patch, version }: Change<Patch>) => send(record.id, version ?? record.version, patch),
    onSuccess: (view) => {
      queries.setQueryData(queryKey, view);
      void queries.invalidateQueries({ queryKey: listKey });
    },
  });
  const save = (change: Change<Patch>, { onDone, onFieldError }: Parameters<Save<Patch>>[1] = {}) =>
    write.mutate(change, {
      onSuccess: () => onDone?.(),
      onError: (error) => {
        const problem = error instanceof ApiProblem ? error : null;
        const patch = change.patch;
        const after = onDone ? { onDone } : {};
        if (problem?.status === 412 && problem.members.current) {
          return setClash({
            current: problem.members.current as View,
            conflicts: problem.members.conflicts as FieldConflict[],
            patch,
            ...after,
          });
        }
        if (problem?.code === 'clients.duplicateCompany')
          return setDoubles({ duplicates: problem.members.duplicates as Duplicate[], patch, ...after });
        const message = problem?.errors[0]?.message;
        if (message && onFieldError) return onFieldError(message);
        notifyProblem(t('ui.failed'), error);
      },
    });

  let dialog: ReactNode = null;
  if (clash) {
    const take = () => {
      queries.setQueryData(queryKey, clash.current);
      clash.onDone?.();
      setClash(null);
    };
    const overwrite = () => {
      save({ patch: clash.patch, version: clash.current.version }, clash.onDone ? { onDone: clash.onDone } : {});
      setClash(null);
    };
    const rows = clash.conflicts.map(({ field, yours }) => ({
      field,
      theirs: wordsOf(clash.current, field),
      yours: typeof yours === 'string' ? yours : wordsOf({ ...record, ...clash.patch } as View, field),
    }));
    dialog = <RecordConflict rows={rows} onKeepTheirs={take} onWriteMine={overwrite} />;
  } else if (doubles) {
    const confirm = () => {
      save({ patch: { ...doubles.patch, confirmDuplicate: true } }, doubles.onDone ? { onDone: doubles.onDone } : {});
      setDoubles(null);
    };
    dialog = (
      <DuplicatesDialog
        duplicates={doubles.duplicates}
        confirm={t('clients.duplicates.saveAnyway')}
        onConfirm={confirm}
        onClose={() => setDoubles(null)}
      />
    );
  }
  const saveField: Save<Patch> = (patch, { version, ...handlers } = {}) =>
    save({ patch, ...(version ? { version } : {}) }, handlers);
  return { save: saveField, isSaving: write.isPending, dialog };
}
