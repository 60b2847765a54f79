import { useMemo, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { ApiProblem } from '@opora/client';
import { makeTheme } from '@opora/ui/theme';

type Props = { i18n: i18n; queries: QueryClient; children: ReactNode };

/** Language, queries and theme; without the notices and menus of the staff's application, which a phone would only pay for. */
export function PortalProviders({ i18n, queries, children }: Props) {
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <Themed>{children}</Themed>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const theme = useMemo(() => makeTheme('cosy', t('ui.close')), [t]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

/** A refusal is shown at once; only a lost connection is tried again. */
export const newQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.isOffline,
      },
    },
  });
