import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { notifyDone } from '@opora/ui/theme';
import { IconPlayerPlay, IconZzz } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PutAsideDialog } from './put-aside-dialog';
import classes from './ticket-pane.module.css';
import { putAside, resume, useTicketChange } from './tickets.queries';
import type { TicketView } from './tickets.types';

/** Puts a ticket out of sight until a moment; while it is there, says until when and takes it back. */
export function PutAsideControl({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAsked, ask] = useState(false);
  const [problem, setProblem] = useState<string>();
  const change = useTicketChange(String(ticket.number), (error) => {
    if (!(error instanceof ApiProblem) || error.status !== 422) return false;
    setProblem(error.errors[0]?.message ?? error.message);
    return true;
  });
  const until = ticket.putAsideUntil;
  const mayMove = ticket.can.transition;
  const open = () => {
    setProblem(undefined);
    ask(true);
  };
  useHotkey('KeyZ', open, {
    label: t('tickets.keys.aside'),
    group: t('tickets.keys.ticket'),
    isOn: mayMove && !until,
  });
  if (until)
    return (
      <span className={classes.aside} title={format.full(until)}>
        <IconZzz size={15} aria-hidden />
        {t('tickets.aside.until_chip', { moment: format.dateTime(until) })}
        {mayMove && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlayerPlay size={13} />}
            loading={change.isPending}
            onClick={() => change.mutate(resume())}
          >
            {t('tickets.aside.resume')}
          </Button>
        )}
      </span>
    );
  if (!mayMove) return null;
  return (
    <>
      <Tooltip label={t('tickets.aside.name')}>
        <ActionIcon aria-label={t('tickets.aside.name')} onClick={open}>
          <IconZzz size={17} />
        </ActionIcon>
      </Tooltip>
      {isAsked && (
        <PutAsideDialog
          isBusy={change.isPending}
          problem={problem}
          onClose={() => ask(false)}
          onSend={(input) =>
            change.mutate(putAside(input), {
              onSuccess: () => {
                ask(false);
                notifyDone(t('tickets.aside.done', { moment: format.dateTime(input.until) }));
              },
            })
          }
        />
      )}
    </>
  );
}
