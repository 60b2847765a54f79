import { Badge } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SystemTabs } from './system-tabs';
import classes from './system.module.css';
import { templatesQuery, type Template } from './templates.queries';
import { useTemplateName } from './template-name';

/** Every mail the system writes, by whom it is written to. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(templatesQuery());
  const groups = new Map<string, string[]>();
  for (const { key } of data ?? []) {
    const group = key.split('.')[0] ?? '';
    const keys = groups.get(group) ?? [];
    if (!keys.includes(key)) groups.set(group, [...keys, key]);
  }
  return (
    <Page title={t('system.templates.title')} toolbar={<SystemTabs />}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={12} height={20} />}
      <div className={classes.page}>
        {[...groups].map(([group, keys]) => (
          <section key={group}>
            <h2 className={classes.heading}>{t(`system.templates.group.${group}`, { defaultValue: group })}</h2>
            <ul className={classes.list}>
              {keys.map((key) => (
                <TemplateRow key={key} templateKey={key} texts={(data ?? []).filter((each) => each.key === key)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
}

function TemplateRow({ templateKey, texts }: { templateKey: string; texts: Template[] }) {
  const { t, i18n } = useTranslation();
  const nameOf = useTemplateName();
  const shown = texts.find(({ locale }) => locale === i18n.language) ?? texts[0];
  return (
    <li>
      <Link to={`/system/templates/${templateKey}`} className={classes.template}>
        <span className={classes.templateName}>{nameOf(templateKey)}</span>
        <span className={classes.subject}>{shown?.subject}</span>
        <span className={classes.marks}>
          {texts
            .filter(({ isChanged }) => isChanged)
            .map(({ locale }) => (
              <Badge key={locale} color="blue">{`${t('system.templates.changed')} · ${locale}`}</Badge>
            ))}
        </span>
      </Link>
    </li>
  );
}
