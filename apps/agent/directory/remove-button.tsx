import { Button, type ButtonProps } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = ButtonProps & {
  label: string;
  title: string;
  /** What will be gone, and what stays. */
  hint?: string;
  /** Told once it is done. */
  done?: string;
  remove: UseMutationResult<unknown, Error, void>;
  onDone: () => void;
};

/** Takes a thing away, but asks first; a refusal is told in words. */
export function RemoveButton({ label, title, hint, done, remove, onDone, ...button }: Props) {
  const { t } = useTranslation();
  const [isAsked, ask] = useState(false);
  const run = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        if (done) notifyDone(done);
        onDone();
      },
      onError: (error) => notifyProblem(t('ui.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <>
      <Button variant="subtle" color="red" {...button} onClick={() => ask(true)}>
        {label}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={title}
        confirm={label}
        isDangerous
        isBusy={remove.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {hint}
      </ConfirmDialog>
    </>
  );
}
