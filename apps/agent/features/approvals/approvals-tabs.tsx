import { useHolds } from '@/api';
import { SectionTabs } from '@/directory/section-tabs';
import { useQuery } from '@tanstack/react-query';
import { approvalCountsQuery } from './approvals.queries';

/** What waits for me, what I asked for, what I read along, my tasks; everything for who may read it, and the settings. */
export function ApprovalsTabs() {
  const { data: counts } = useQuery(approvalCountsQuery());
  const manages = useHolds('approvals.manage');
  const readsAll = useHolds('approvals.read_all');
  return (
    <SectionTabs
      labelKey="approvals.title"
      tabs={[
        { to: '/approvals/inbox', label: 'approvals.box.inbox', count: counts?.inbox },
        { to: '/approvals/mine', label: 'approvals.box.mine', count: counts?.returned },
        { to: '/approvals/copies', label: 'approvals.box.copies' },
        { to: '/approvals/tasks', label: 'approvals.box.tasks', count: counts?.tasks },
        ...(readsAll ? [{ to: '/approvals/all', label: 'approvals.box.all' }] : []),
        ...(manages
          ? [
              { to: '/approvals/routes', label: 'approvals.routes.title' },
              { to: '/approvals/schedules', label: 'approvals.schedules.title' },
              { to: '/approvals/catalogues', label: 'approvals.catalogues.title' },
            ]
          : []),
      ]}
    />
  );
}
