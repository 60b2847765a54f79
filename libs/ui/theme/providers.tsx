import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useMemo, type ReactNode } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { makeTheme, type Density } from './theme';
import './tokens.css';

type Props = { i18n: i18n; queries: QueryClient; density: Density; children: ReactNode };

/** Theme, language, queries and notices around an SPA. */
export function AppProviders({ i18n, queries, density, children }: Props) {
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <Themed density={density}>{children}</Themed>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

function Themed({ density, children }: { density: Density; children: ReactNode }) {
  const { t } = useTranslation();
  const theme = useMemo(() => makeTheme(density, t('ui.close')), [density, t]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-left" limit={4} zIndex={1000} />
      {children}
    </MantineProvider>
  );
}
