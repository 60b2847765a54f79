import { ActionIcon } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { IconPencil, IconStopwatch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSpent } from './spent';
import classes from './worklogs.module.css';
import type { Entry } from './worklogs.queries';

/** One entry: how long, who, on which day, what. */
export function EntryLine({ entry, onEdit }: { entry: Entry; onEdit: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spent = useSpent();
  return (
    <li className={classes.entry}>
      <b className={classes.entrySpent}>{spent(entry.seconds)}</b>
      <span className={classes.entryWho}>
        {entry.employee.name}
        {entry.source === 'timer' && <IconStopwatch size={12} aria-label={t('worklogs.byTimer')} />}
      </span>
      <time className={classes.entryDay} dateTime={entry.workedOn} title={format.full(entry.createdAt)}>
        {format.date(`${entry.workedOn}T12:00:00`)}
      </time>
      {entry.can.edit && (
        <ActionIcon size={24} className={classes.entryEdit} aria-label={t('worklogs.edit')} onClick={onEdit}>
          <IconPencil size={14} />
        </ActionIcon>
      )}
      {entry.comment && <span className={classes.entryComment}>{entry.comment}</span>}
    </li>
  );
}
