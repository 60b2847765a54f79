import type { RouteObject } from 'react-router';
import { lazyPage } from '@/lazy-page';

const ApprovePage = lazyPage(() => import('./approve-page'), 'ApprovePage');
const ApprovalsPage = lazyPage(() => import('./approvals-page'), 'ApprovalsPage');
const ApprovalPage = lazyPage(() => import('./approval-page'), 'ApprovalPage');

/** The page behind the button of a mail; needs no sign-in. */
export const approveRoutes: RouteObject[] = [{ path: 'approve', element: <ApprovePage /> }];

export const approvalRoutes: RouteObject[] = [
  { path: 'approvals', element: <ApprovalsPage /> },
  { path: 'approvals/:id', element: <ApprovalPage /> },
];
