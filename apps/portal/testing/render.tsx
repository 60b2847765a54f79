import { configure, render, type RenderResult } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { api } from '@/api';
import { i18n } from '@/app/i18n';
import { newQueries, PortalProviders } from '@/app/providers';
import { PortalRoutes } from '@/app/router';
import type { Me, Rights } from '@/session';

// Pages are fetched when they are first opened, and a busy machine compiles them slowly.
configure({ asyncUtilTimeout: 10_000 });

/** The whole portal at an address, over whatever network the test has set up. */
export async function openPortal(path: string): Promise<RenderResult & { address: () => string }> {
  await i18n.changeLanguage('ru');
  const queries = newQueries();
  let address = '';
  const Address = () => {
    const { pathname, search } = useLocation();
    address = pathname + search;
    return null;
  };
  const view = render(
    <PortalProviders i18n={i18n} queries={queries}>
      <MemoryRouter initialEntries={[path]}>
        <PortalRoutes />
        <Address />
      </MemoryRouter>
    </PortalProviders>,
  );
  return { ...view, address: () => address };
}

/** As after a sign-in a moment ago. */
export function signInAs(me: Me): Me {
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  api.session.start({ accessToken: 'token', expiresAt, mustChangePassword: false, me: null });
  return me;
}

export const NO_RIGHTS: Rights = { seesCompany: false, closesCompany: false, isAdmin: false };

/** A client's person; `rights` are those in his one company. */
export const aMe = (rights: Partial<Rights> = {}): Me => ({
  id: 'me',
  kind: 'contact',
  mustChangePassword: false,
  name: 'Анна Ветрова',
  email: 'anna@retail.example',
  phone: null,
  locale: 'ru',
  hasPassword: true,
  companies: [{ id: 'retail', name: 'Ромашка Ритейл', rights: { ...NO_RIGHTS, ...rights } }],
  customFields: {},
  customFieldTexts: {},
});
