import { Alert, Button, SegmentedControl } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { notifyProblem } from '@opora/ui/theme';
import { IconAlertTriangle, IconRocket } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './process-page.module.css';
import { useDropDraft, type Process, type ProcessProblem } from './processes.queries';
import { PublishDialog } from './publish-dialog';

type Props = {
  process: Process;
  isManager: boolean;
  isPublishedShown: boolean;
  onSwitch: (isPublishedShown: boolean) => void;
};

/** Whose variant this is, and what waits to be published. */
export function ProcessBar({ process, isManager, isPublishedShown, onSwitch }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, ask] = useState<'publish' | 'drop' | null>(null);
  const drop = useDropDraft(process.id);
  const { base, draft } = process;
  return (
    <>
      {base && (
        <div>
          {t('ticketConfig.variant.of')} <Link to={`/ticket-config/processes/${base.id}`}>{base.label}</Link>
        </div>
      )}
      {draft && (
        <div className={classes.bar} role="status">
          <span>{t('ticketConfig.draft.bar', { at: format.dateTime(draft.savedAt), by: draft.savedBy })}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('ticketConfig.draft.shown')}
            value={isPublishedShown ? 'published' : 'draft'}
            onChange={(value) => onSwitch(value === 'published')}
            data={['draft', 'published'].map((value) => ({ value, label: t(`ticketConfig.draft.show.${value}`) }))}
          />
          {isManager && (
            <>
              <Button variant="default" onClick={() => ask('drop')}>
                {t('ticketConfig.draft.drop')}
              </Button>
              <Button leftSection={<IconRocket size={15} />} onClick={() => ask('publish')}>
                {t('ticketConfig.draft.publish')}
              </Button>
            </>
          )}
        </div>
      )}
      {asked === 'publish' && <PublishDialog process={process} onClose={() => ask(null)} />}
      <ConfirmDialog
        opened={asked === 'drop'}
        title={t('ticketConfig.draft.dropAsk')}
        confirm={t('ticketConfig.draft.drop')}
        isDangerous
        isBusy={drop.isPending}
        onConfirm={() =>
          drop.mutate(undefined, {
            onError: (error) => notifyProblem(t('ui.failed'), error),
            onSettled: () => ask(null),
          })
        }
        onClose={() => ask(null)}
      >
        {t('ticketConfig.draft.dropHint')}
      </ConfirmDialog>
    </>
  );
}

type ProblemProps = {
  problems: ProcessProblem[];
  onStatus: (id: string) => void;
  onTransition: (id: string) => void;
};

/** What is wrong with the process, before people meet it; each fault leads to its place. */
export function Problems({ problems, onStatus, onTransition }: ProblemProps) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('ticketConfig.processes.problems')}
      classNames={{ message: classes.problems, title: classes.problems }}
    >
      <ul className={classes.problemList}>
        {problems.map(({ message, statusId, transitionId }, index) => {
          const open = transitionId ? () => onTransition(transitionId) : statusId ? () => onStatus(statusId) : null;
          return (
            <li key={index}>
              {open ? (
                <button type="button" className={classes.problem} onClick={open}>
                  {message}
                </button>
              ) : (
                message
              )}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}
