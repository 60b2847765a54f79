import { useHolds } from '@/api';
import { ActionIcon, Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkProgress, RunBar, RunButtons } from './bulk-progress';
import { isGoing, lastRunQuery, type BulkRun } from './bulk.queries';
import classes from './macros.module.css';
import { useMayUndo } from './use-may-undo';
import { Dialog } from '@opora/ui/dialog';

/** How long it is told that a run was taken back. */
const TOLD_MS = 15 * 60_000;

/** The run that goes on, or that can still be taken back, above the list. */
export function RunBanner() {
  const isOn = useHolds('macros.bulk');
  const { data: run } = useQuery({ ...lastRunQuery(), enabled: isOn });
  return run ? <Banner key={run.id} run={run} /> : null;
}

function Banner({ run }: { run: BulkRun }) {
  const { t } = useTranslation();
  const [seen, setSeen] = useLocalStorage({ key: 'opora.bulk.seen', defaultValue: '', getInitialValueInEffect: false });
  const [isOpen, open] = useState(false);
  const mayUndo = useMayUndo(run);
  const mark = `${run.id}:${run.undo?.state ?? ''}`;
  const isBack =
    run.undo?.state === 'done' && run.finishedAt !== null && Date.now() - Date.parse(run.finishedAt) < TOLD_MS;
  const isShown = isGoing(run) || ((mayUndo || isBack) && seen !== mark);
  return (
    <>
      {isShown && (
        <div className={classes.banner} role="region" aria-label={run.name}>
          <div className={classes.bannerBar}>
            <strong className={classes.bannerName}>{run.name}</strong>
            <RunBar run={run} />
          </div>
          <Button variant="default" size="compact-xs" onClick={() => open(true)}>
            {t('macros.bulk.details')}
          </Button>
          <RunButtons run={run} size="compact-xs" />
          {!isGoing(run) && (
            <ActionIcon size="sm" aria-label={t('ui.close')} onClick={() => setSeen(mark)}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      )}
      {isOpen && (
        <Dialog
          opened
          onClose={() => open(false)}
          title={run.name}
          size={640}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
        >
          <BulkProgress id={run.id} onClose={() => open(false)} />
        </Dialog>
      )}
    </>
  );
}
