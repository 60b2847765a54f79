import { Button } from '@mantine/core';
import { EmptyState, ErrorState } from '@opora/ui/page';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';

/** A screen that failed; a part of the product that an update has replaced is loaded anew. */
export function RouteFailure() {
  const error = useRouteError();
  const isOldPart = error instanceof Error && /dynamically imported module|module script/i.test(error.message);
  return <ErrorState error={isOldPart ? { status: 0 } : error} onRetry={() => window.location.reload()} />;
}

export function NotFoundScreen() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('app.notFound.title')}
      hint={t('app.notFound.hint')}
      action={
        <Button component={Link} to="/tickets" variant="default">
          {t('app.notFound.back')}
        </Button>
      }
    />
  );
}
