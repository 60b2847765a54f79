import { ActionIcon, Button, Menu, Progress, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyProblem } from '@opora/ui/theme';
import { IconDots, IconPencil, IconTable, IconTrash, IconUsers } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { useRemoveChecklist, useUpdateChecklist, type Checklist } from './checklists.queries';
import { ItemList } from './item-list';
import { SubjectsDialog, type SubjectInput } from './subjects-dialog';

const MatrixDialog = lazy(() => import('./matrix-dialog').then((dialog) => ({ default: dialog.MatrixDialog })));

type Props = { list: Checklist; ticket: string; mayTick: boolean };
type Open = 'matrix' | 'subjects' | 'remove' | 'rename' | null;

/** One checklist: its name and progress, and the items, or the way to the matrix. */
export function ChecklistCard({ list, ticket, mayTick }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const { done, total } = list.progress;
  const isMatrix = list.subjects.length > 0;
  return (
    <section className={classes.card} aria-label={list.name}>
      <header className={classes.cardHead}>
        {open === 'rename' ? (
          <Rename list={list} ticket={ticket} onDone={() => setOpen(null)} />
        ) : (
          <h2 className={classes.cardTitle}>{list.name}</h2>
        )}
        <span className={classes.count} data-done={(total > 0 && done >= total) || undefined}>
          {done}/{total}
        </span>
        {mayTick && <CardMenu onOpen={setOpen} />}
      </header>
      <Progress
        size="sm"
        value={total ? (done / total) * 100 : 0}
        color={total > 0 && done >= total ? 'green' : undefined}
        aria-label={t('checklists.progress', { done, total })}
      />
      {isMatrix ? (
        <>
          <SubjectBars list={list} />
          <Button variant="light" size="xs" leftSection={<IconTable size={15} />} onClick={() => setOpen('matrix')}>
            {t('checklists.matrix.open')}
          </Button>
        </>
      ) : (
        <ItemList list={list} ticket={ticket} mayTick={mayTick} />
      )}
      {open === 'matrix' && (
        <Suspense fallback={null}>
          <MatrixDialog list={list} ticket={ticket} mayTick={mayTick} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {open === 'subjects' && <Subjects list={list} ticket={ticket} onClose={() => setOpen(null)} />}
      {open === 'remove' && <Remove list={list} ticket={ticket} onClose={() => setOpen(null)} />}
    </section>
  );
}

function CardMenu({ onOpen }: { onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={26} aria-label={t('checklists.deeds')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onOpen('rename')}>
          {t('checklists.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconUsers size={15} />} onClick={() => onOpen('subjects')}>
          {t('checklists.subjects.edit')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => onOpen('remove')}>
          {t('checklists.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** How far each person or object is, at a glance. */
function SubjectBars({ list }: { list: Checklist }) {
  const total = list.items.filter(({ kind }) => kind === 'item').length;
  const done = new Map<string, number>();
  for (const { subjectId } of list.marks) if (subjectId) done.set(subjectId, (done.get(subjectId) ?? 0) + 1);
  return (
    <ul className={classes.subjectBars}>
      {list.subjects.map(({ id, name }) => (
        <li key={id}>
          <span className={classes.clip}>{name}</span>
          <span className={classes.count} data-done={(done.get(id) ?? 0) >= total || undefined}>
            {done.get(id) ?? 0}/{total}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Rename({ list, ticket, onDone }: { list: Checklist; ticket: string; onDone: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateChecklist(ticket, list);
  const [name, setName] = useState(list.name);
  const save = () => {
    if (!name.trim() || name.trim() === list.name) return onDone();
    update.mutate({ name }, { onSettled: onDone, onError: (error) => notifyProblem(t('ui.failed'), error) });
  };
  return (
    <TextInput
      autoFocus
      size="xs"
      className={classes.grow}
      aria-label={t('checklists.rename')}
      maxLength={200}
      value={name}
      disabled={update.isPending}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}

function Subjects({ list, ticket, onClose }: { list: Checklist; ticket: string; onClose: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateChecklist(ticket, list);
  const [losing, setLosing] = useState<{ subjects: SubjectInput[]; message: string } | null>(null);
  const axis = list.axis ?? 'people';
  const save = (subjects: SubjectInput[], dropMarks: boolean) =>
    update.mutate(
      { axis, subjects, dropMarks },
      {
        onSuccess: onClose,
        onError: (error) =>
          error instanceof ApiProblem && error.code === 'checklists.marksLost'
            ? setLosing({ subjects, message: error.message })
            : notifyProblem(t('ui.failed'), error),
      },
    );
  if (losing) {
    return (
      <ConfirmDialog
        opened
        isDangerous
        title={t('checklists.subjects.losing')}
        confirm={t('checklists.subjects.drop')}
        isBusy={update.isPending}
        onConfirm={() => save(losing.subjects, true)}
        onClose={() => setLosing(null)}
      >
        {losing.message}
      </ConfirmDialog>
    );
  }
  return (
    <SubjectsDialog
      title={list.name}
      axis={axis}
      present={list.subjects}
      isBusy={update.isPending}
      onClose={onClose}
      onSave={(subjects) => save(subjects, false)}
    />
  );
}

function Remove({ list, ticket, onClose }: { list: Checklist; ticket: string; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveChecklist(ticket);
  return (
    <ConfirmDialog
      opened
      isDangerous
      title={t('checklists.removeAsk', { name: list.name })}
      confirm={t('checklists.remove')}
      isBusy={remove.isPending}
      onConfirm={() =>
        remove.mutate(list.id, {
          onSuccess: onClose,
          onError: (error) => notifyProblem(t('ui.failed'), error),
        })
      }
      onClose={onClose}
    >
      {t('checklists.removeHint')}
    </ConfirmDialog>
  );
}
