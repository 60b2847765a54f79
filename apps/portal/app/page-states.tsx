import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconCloudOff, IconMoodPuzzled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useRevalidator, useRouteError } from 'react-router';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { ApiProblem } from '@opora/client';
import classes from './page-states.module.css';

/** A page that is not there, or that this person may not see: the two look alike on purpose. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Stack className={classes.state} gap="xs">
      <IconMoodPuzzled size={40} stroke={1.5} aria-hidden />
      <Title order={1} size="h3">
        {t('app.notFound.title')}
      </Title>
      <Text c="dimmed">{t('app.notFound.text')}</Text>
      <Anchor component={Link} to="/tickets">
        {t('app.notFound.back')}
      </Anchor>
    </Stack>
  );
}

/** What stands in place of a page that broke: words, a way back and a code that support can look up. */
export function PageFailed() {
  const { t } = useTranslation();
  const error = useRouteError();
  const { reset } = useQueryErrorResetBoundary();
  const revalidator = useRevalidator();
  if (isMissing(error)) return <NotFound />;
  const code = error instanceof ApiProblem ? error.traceId : undefined;
  const retry = () => {
    reset();
    void revalidator.revalidate();
  };
  return (
    <Stack className={classes.state} gap="xs" role="alert">
      <IconCloudOff size={40} stroke={1.5} aria-hidden />
      <Title order={1} size="h3">
        {t('app.failed.title')}
      </Title>
      <Text c="dimmed">{code ? t('app.failed.text', { code }) : t('app.failed.plain')}</Text>
      <Button onClick={retry} loading={revalidator.state === 'loading'}>
        {t('app.failed.retry')}
      </Button>
    </Stack>
  );
}

const isMissing = (error: unknown) =>
  (error instanceof ApiProblem && error.status === 404) ||
  (typeof error === 'object' && error !== null && 'status' in error && error.status === 404);
