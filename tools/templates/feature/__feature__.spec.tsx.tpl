import { MantineProvider } from '@mantine/core';
import { createI18n } from '@opora/ui/i18n';
import { render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { __Feature__Page } from './__feature__-page';
import { __featureCamel__Texts } from './texts';

it('shows its title', () => {
  render(
    <I18nextProvider i18n={createI18n({ __featureCamel__: __featureCamel__Texts })}>
      <MantineProvider>
        <__Feature__Page />
      </MantineProvider>
    </I18nextProvider>,
  );
  expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/./);
  expect(screen.queryByText('__featureCamel__.title')).toBeNull();
});
