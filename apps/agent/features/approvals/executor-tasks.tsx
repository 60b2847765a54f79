import { Alert, Button } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useMe } from '@/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import { PersonName } from './approval-words';
import { useTaskDone, type Approval } from './approvals.queries';
import classes from './approvals.module.css';

/** Who does what after the last decision. */
export function ExecutorTasks({ approval: { executors } }: { approval: Approval }) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const done = useTaskDone();
  if (!executors.length) return null;
  return (
    <section className={classes.card} aria-label={t('approvals.executors')}>
      <strong>{t('approvals.executors')}</strong>
      <ul className={classes.documents}>
        {executors.map(({ person, text, task }, place) => (
          <li key={task?.id ?? place}>
            {task?.state === 'done' ? <IconCircleCheck size={15} aria-hidden /> : <IconCircle size={15} aria-hidden />}
            <span>
              {text} <span className={classes.dim}>· </span>
              <PersonName person={person} />
              {task?.doneAt && <span className={classes.dim}> · {format.dateTime(task.doneAt)}</span>}
              {task?.comment && <span className={classes.comment}>{task.comment}</span>}
            </span>
            {task?.state === 'open' && person.id === me.id && (
              <Button
                size="compact-xs"
                variant="light"
                loading={done.isPending && done.variables?.id === task.id}
                onClick={() => done.mutate({ id: task.id })}
              >
                {t('approvals.taskDone')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {done.error && (
        <Alert color="red" role="alert">
          {done.error.message}
        </Alert>
      )}
    </section>
  );
}
