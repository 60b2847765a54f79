import { Alert, Button, Checkbox, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Policy } from './policies.queries';
import classes from './policies.module.css';
import { useImpact, useRecount, type Moved } from './policy-check.queries';
import { inputOf, type PolicyDraft } from './policy-draft';
import { Recounts } from './recounts';

/** «n заявок сдвинутся»: what the policy on the screen would do to open tickets, before it is saved. */
export function PolicyImpact({ policy, draft }: { policy: Policy; draft: PolicyDraft }) {
  const { t } = useTranslation();
  const impact = useImpact(policy.id);
  const data = impact.data;
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>{t('slaConfig.impact.title')}</legend>
      <p className={classes.hint}>{t('slaConfig.impact.hint')}</p>
      <Group gap="xs" mb="sm">
        <Button variant="default" loading={impact.isPending} onClick={() => impact.mutate(inputOf(draft))}>
          {t('slaConfig.impact.ask')}
        </Button>
        <RecountButton policy={policy} />
      </Group>
      {impact.error && (
        <Alert color="red" role="alert">
          {impact.error.message}
        </Alert>
      )}
      {data && (
        <div role="status">
          <div className={classes.figures}>
            <div>
              <div className={classes.figure}>
                {data.moved === 0 ? t('slaConfig.impact.none') : t('slaConfig.impact.moves', { count: data.moved })}
              </div>
              <div className={classes.figureName}>{t('slaConfig.impact.checked', { count: data.checked })}</div>
            </div>
            {(['breached', 'rescued'] as const).map((key) => (
              <div key={key}>
                <div className={classes.figure}>{data[key]}</div>
                <div className={classes.figureName}>{t(`slaConfig.impact.${key}`)}</div>
              </div>
            ))}
          </div>
          <p className={classes.hint}>
            {t(`slaConfig.impact.onChange.${data.onChange}`)}{' '}
            {t('slaConfig.impact.byRecount', { count: data.recount.moved })}
          </p>
          <Sample sample={data.onChange === 'keep' ? data.recount.sample : data.sample} />
        </div>
      )}
      <Recounts policyId={policy.id} />
    </fieldset>
  );
}

function Sample({ sample }: { sample: Moved[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const told = (at: string | null) => (at ? format.dateTime(at) : t('slaConfig.impact.noDue'));
  return (
    <ul className={classes.sample}>
      {sample.map(({ ticket, metric, before, after }) => (
        <li key={`${ticket.id}${metric}`}>
          <Link to={`/tickets/${ticket.number}`}>{`${ticket.number} ${ticket.subject}`}</Link>
          <span>{t(`timing.metric.${metric}`)}</span>
          <span>{t('slaConfig.impact.was', { at: told(before) })}</span>
          <span>{t('slaConfig.impact.becomes', { at: told(after) })}</span>
        </li>
      ))}
    </ul>
  );
}

function RecountButton({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const [isAsking, dialog] = useDisclosure(false);
  const [withClosed, setWithClosed] = useState(false);
  const recount = useRecount(policy.id);
  return (
    <>
      <Button variant="subtle" onClick={dialog.open}>
        {t('slaConfig.impact.recount')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t('slaConfig.impact.recountTitle')}
        confirm={t('slaConfig.impact.recount')}
        isBusy={recount.isPending}
        onClose={dialog.close}
        onConfirm={() =>
          recount.mutate(
            { withClosed },
            {
              onSuccess: () => {
                notifyDone(t('slaConfig.impact.started'));
                dialog.close();
              },
              onError: (error) => notifyProblem(t('ui.failed'), error),
            },
          )
        }
      >
        <p className={classes.hint}>{t('slaConfig.impact.recountHint')}</p>
        <Checkbox
          label={t('slaConfig.impact.withClosed')}
          checked={withClosed}
          onChange={(event) => setWithClosed(event.currentTarget.checked)}
        />
      </ConfirmDialog>
    </>
  );
}
