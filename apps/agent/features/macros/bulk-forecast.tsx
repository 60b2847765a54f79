import { ActionLines } from '@/ticket-actions/action-lines';
import type { Schemas } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import { RowList } from './bulk-rows';
import classes from './macros.module.css';

/** What a change would do, before it is done: how many, what, and which tickets would refuse. */
export function BulkForecast({ preview }: { preview: Schemas['BulkPreviewView'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, checked, changes, refused } = preview;
  const accepted = checked - refused.count;
  return (
    <>
      <p className={classes.summary} role="status">
        {t('macros.bulk.accepted', { count: accepted, shown: format.number(accepted) })}
        {refused.count > 0 && (
          <span className={classes.refusedCount}>
            {t('macros.bulk.willRefuse', { count: refused.count, shown: format.number(refused.count) })}
          </span>
        )}
      </p>
      {checked < total && (
        <p className={classes.hint}>
          {t('macros.bulk.checked', { checked: format.number(checked), total: format.number(total) })}
        </p>
      )}
      <ActionLines lines={changes} />
      {refused.sample.length > 0 && (
        <section aria-label={t('macros.bulk.refusedTitle')}>
          <h3 className={classes.subtitle}>{t('macros.bulk.refusedTitle')}</h3>
          <RowList rows={refused.sample} />
        </section>
      )}
    </>
  );
}
