import { useMe } from '@/api';
import { SectionTabs } from '@/directory/section-tabs';
import { Navigate } from 'react-router';

const TABS = [
  { to: '/channels/intake', label: 'channels.intake.title', permission: 'channels.read_intake' },
  { to: '/channels/outgoing', label: 'channels.outgoing.title', permission: 'platform.mail' },
  { to: '/channels/mailboxes', label: 'channels.mailboxes.title', permission: 'channels.manage_mailboxes' },
];

const useTabs = () => {
  const { permissions } = useMe();
  return TABS.filter(({ permission }) => permissions.includes(permission));
};

/** Mail in, mail out, mailboxes: those of them that the person may open. */
export function ChannelsTabs() {
  return <SectionTabs labelKey="channels.section" tabs={useTabs()} />;
}

/** The section's address alone leads to its first screen that the person may open. */
export function FirstChannelScreen() {
  const [first] = useTabs();
  return <Navigate to={first?.to ?? '/tickets'} replace />;
}
