import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { MyCompany } from '@/session';
import type { ListFilters } from './tickets.queries';

/** The filters live in the address, so that a list can be sent to a colleague and «back» works. */
export function useListFilters(companies: MyCompany[]) {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => filtersOf(params, companies), [params, companies]);
  // What was asked for last: a search that is sent a moment after the typing must not take back what was chosen meanwhile.
  const asked = useRef(filters);
  useEffect(() => {
    asked.current = filters;
  }, [filters]);
  const change = (patch: Partial<ListFilters>) => {
    asked.current = { ...asked.current, ...patch };
    setParams(paramsOf(asked.current), { replace: 'q' in patch });
  };
  return { filters, change };
}

/** Reads the address; what the person may not see falls back to his own tickets. */
export function filtersOf(params: URLSearchParams, companies: MyCompany[]): ListFilters {
  const mayCompany = companies.some(({ rights }) => rights.seesCompany);
  const companyId = companies.find(({ id }) => id === params.get('company'))?.id;
  return {
    state: params.get('state') === 'closed' ? 'closed' : 'open',
    scope: mayCompany && params.get('scope') === 'company' ? 'company' : 'mine',
    ...(companyId && { companyId }),
    ...(params.get('q') && { q: params.get('q') ?? '' }),
  };
}

function paramsOf({ state, scope, companyId, q }: ListFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (state === 'closed') params.set('state', state);
  if (scope === 'company') params.set('scope', scope);
  if (companyId) params.set('company', companyId);
  if (q) params.set('q', q);
  return params;
}
