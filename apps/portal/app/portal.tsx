import { useEffect, useState } from 'react';
import { BrowserRouter } from 'react-router';
import { i18n } from './i18n';
import { newQueries, PortalProviders } from './providers';
import { PortalRoutes } from './router';

/** The whole application. */
export function Portal() {
  const [queries] = useState(newQueries);
  useEffect(() => {
    // The server words statuses, types and errors in the reader's language, so what is loaded is asked again.
    const askAgain = () => void queries.invalidateQueries();
    i18n.on('languageChanged', askAgain);
    return () => i18n.off('languageChanged', askAgain);
  }, [queries]);
  return (
    <PortalProviders i18n={i18n} queries={queries}>
      <BrowserRouter basename="/portal">
        <PortalRoutes />
      </BrowserRouter>
    </PortalProviders>
  );
}
