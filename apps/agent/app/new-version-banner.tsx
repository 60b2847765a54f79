import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './shell.module.css';

const ASK_EVERY_MS = 5 * 60_000;
const SCRIPT = /<script[^>]+src="([^"]+)"/;

/** Says that the server has a newer build of this page; nothing reloads under somebody's hands. */
export function NewVersionBanner() {
  const { t } = useTranslation();
  const { data: isNewer } = useQuery({
    queryKey: ['app', 'version'],
    queryFn: async ({ signal }) => {
      const page = await fetch('/', { cache: 'no-store', signal, headers: { accept: 'text/html' } });
      const script = SCRIPT.exec(await page.text())?.[1];
      return (
        page.ok &&
        script !== undefined &&
        !document.querySelector(`script[src="${CSS.escape(script)}"], script[src="${script}"]`)
      );
    },
    refetchInterval: ASK_EVERY_MS,
    refetchOnWindowFocus: true,
    staleTime: ASK_EVERY_MS,
  });
  if (!isNewer) return null;
  return (
    <div className={classes.banner} data-kind="version" role="status">
      {t('app.newVersion')}
      <Button variant="default" size="compact-xs" onClick={() => window.location.reload()}>
        {t('app.reload')}
      </Button>
    </div>
  );
}
