import { Alert, Button, Drawer, Group } from '@mantine/core';
import { useFocusBack } from '@opora/ui/dialog';
import { useNarrow } from './use-narrow';
import { useTopmost } from './use-topmost';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './directory.module.css';

type DrawerProps = { title: string; onClose: () => void; children: ReactNode; size?: number };

/** A card that slides over its list; the whole screen on a phone. */
export function SideDrawer({ title, onClose, children, size = 460 }: DrawerProps) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  useFocusBack();
  const topmost = useTopmost(onClose);
  return (
    <Drawer
      opened
      {...topmost}
      title={title}
      position="right"
      size={isNarrow ? '100%' : size}
      transitionProps={{ duration: 80 }}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ title: classes.drawerTitle }}
    >
      {children}
    </Drawer>
  );
}

type FormProps = {
  /** Why the last try failed, when no field tells it. */
  problem: Error | null;
  submit: string;
  isBusy: boolean;
  isDisabled?: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  extra?: ReactNode;
  children: ReactNode;
};

/** Fields in a column, the refusal in words, the buttons at the bottom; Ctrl+Enter sends. */
export function CardForm({ problem, submit, isBusy, isDisabled, onSubmit, onCancel, extra, children }: FormProps) {
  const { t } = useTranslation();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy && !isDisabled) onSubmit();
  };
  return (
    <form
      className={classes.form}
      onSubmit={send}
      noValidate={false}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      {children}
      {problem && (
        <Alert color="red" variant="light" role="alert" classNames={{ message: classes.refusal }}>
          {problem.message}
        </Alert>
      )}
      {extra}
      <Group justify="flex-end" gap="xs" className={classes.formFoot}>
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={isBusy} disabled={isDisabled}>
          {submit}
        </Button>
      </Group>
    </form>
  );
}

/** What can be done to the thing of a card besides changing it: buttons under a line. */
export function Deeds({ children }: { children: ReactNode }) {
  return <div className={classes.deeds}>{children}</div>;
}
