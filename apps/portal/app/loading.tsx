import { Box, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './shell.module.css';

/** The grey outline of a page that is on its way; waits a moment, so that quick pages never flicker. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <Box className={classes.loading} role="status">
      <span className={classes.hidden}>{t('app.loading')}</span>
      <Stack gap="sm" aria-hidden>
        <Skeleton h={32} w="55%" />
        <Skeleton h={84} />
        <Skeleton h={84} />
        <Skeleton h={84} />
      </Stack>
    </Box>
  );
}
