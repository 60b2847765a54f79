import { EntityPicker } from '@/pickers/entity-picker';
import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { SafeHtml } from '@opora/ui/html';
import { EmptyState, Loading } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './system.module.css';
import { previewQuery, ticketsToTryQuery, type Template, type TemplateText } from './templates.queries';

const PAUSE_MS = 350;

/** The draft as a real ticket fills it: the latest one until another is chosen. */
export function TemplatePreview({ template: { key, locale }, draft }: { template: Template; draft: TemplateText }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<{ id: string; name: string } | null>(null);
  const latest = useQuery(ticketsToTryQuery(''));
  const ticket = chosen ?? latest.data?.[0] ?? null;
  const [{ subject, body }] = useDebouncedValue(draft, PAUSE_MS);
  const isWhole = subject !== '' && body !== '';
  const preview = useQuery({
    ...previewQuery(key, { locale, ticketId: ticket?.id ?? '', subject, body }),
    enabled: ticket !== null && isWhole,
  });
  return (
    <section className={classes.preview} aria-label={t('system.templates.preview')}>
      <EntityPicker
        label={t('system.templates.onTicket')}
        value={ticket}
        search={ticketsToTryQuery}
        onChange={choose}
        allowDeselect={false}
      />
      {latest.isSuccess && !ticket && <EmptyState title={t('system.templates.noTicket')} />}
      {preview.error && (
        <Alert color="red" variant="light" role="alert" classNames={{ message: classes.words }}>
          {preview.error.message}
        </Alert>
      )}
      {ticket && isWhole && preview.isPending && <Loading lines={6} />}
      {preview.data && !preview.error && (
        <article className={classes.mail} aria-live="polite" lang={locale}>
          <h2 className={classes.mailSubject}>{preview.data.subject}</h2>
          <SafeHtml html={preview.data.html} />
        </article>
      )}
    </section>
  );
}
