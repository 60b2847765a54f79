import { act, render } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { useSearchChanges } from './search-changes';

it('T-19: two choices made before the first is drawn both stay', () => {
  let change: ReturnType<typeof useSearchChanges>['change'] = () => undefined;
  let address = '';
  const List = () => {
    ({ change } = useSearchChanges());
    address = useLocation().search;
    return null;
  };
  render(
    <MemoryRouter initialEntries={['/tickets?view=mine&sort=number']}>
      <List />
    </MemoryRouter>,
  );
  act(() => {
    change({ layout: 'board', sort: null }, { replace: true });
    change({ q: 'касса' }, { replace: true });
  });
  expect(address).toBe(`?view=mine&layout=board&q=${encodeURIComponent('касса')}`);
});
