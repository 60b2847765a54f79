import { Button, SegmentedControl } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { SystemTabs } from './system-tabs';
import { TemplateEditor } from './template-editor';
import { useTemplateName } from './template-name';
import { templatesQuery, type Locale } from './templates.queries';

/** One mail in both languages, beside how a real ticket fills it. */
export function TemplatePage() {
  const { t, i18n } = useTranslation();
  const { key = '' } = useParams();
  const nameOf = useTemplateName();
  const [locale, setLocale] = useState<Locale>(i18n.language === 'en' ? 'en' : 'ru');
  const { data, error, refetch } = useQuery(templatesQuery());
  const template = data?.find((each) => each.key === key && each.locale === locale);
  return (
    <Page
      title={nameOf(key)}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('system.templates.language')}
            value={locale}
            onChange={(value) => setLocale(value as Locale)}
            data={(['ru', 'en'] as const).map((value) => ({ value, label: t(`system.locale.${value}`) }))}
          />
          <Button component={Link} to="/system/templates" variant="default" leftSection={<IconArrowLeft size={15} />}>
            {t('system.templates.all')}
          </Button>
        </>
      }
      toolbar={<SystemTabs />}
    >
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={10} height={20} />}
      {data && !template && <ErrorState error={{ status: 404 }} />}
      {template && <TemplateEditor key={`${key} ${locale}`} template={template} />}
    </Page>
  );
}
