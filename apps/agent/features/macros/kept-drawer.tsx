import { SideDrawer } from '@/directory/form-drawer';
import { Button } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props<Kept> = {
  title: string;
  isNew: boolean;
  query: UseQueryResult<Kept>;
  onClose: () => void;
  /** The form, of nothing yet where it is new. */
  children: (kept: Kept | null) => ReactNode;
};

/** The card of one kept thing; its form begins anew with each version. */
export function KeptDrawer<Kept extends { version: number }>({ title, isNew, query, onClose, children }: Props<Kept>) {
  const { data, error, refetch } = query;
  return (
    <SideDrawer title={title} onClose={onClose} size={620}>
      {isNew && children(null)}
      {data && <Fragment key={data.version}>{children(data)}</Fragment>}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!isNew && !data && !error && <Loading lines={6} />}
    </SideDrawer>
  );
}

type DeleteProps = { remove: UseMutationResult<unknown, Error, void>; onDone: () => void };

export function DeleteKept({ remove, onDone }: DeleteProps) {
  const { t } = useTranslation();
  return (
    <Button
      variant="subtle"
      color="red"
      size="compact-sm"
      loading={remove.isPending}
      onClick={() =>
        remove.mutate(undefined, { onSuccess: onDone, onError: (error) => notifyProblem(t('ui.failed'), error) })
      }
    >
      {t('macros.delete')}
    </Button>
  );
}
