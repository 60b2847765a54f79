import { IconBuilding, IconEye, IconLock, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './clients.module.css';
import type { Membership } from './contacts.queries';

/** A client category: its colour and name. */
export function CategoryChip({ name, color }: { name: string; color: string }) {
  return (
    <span className={classes.chip}>
      <span className={classes.dot} style={{ background: color }} aria-hidden />
      {name}
    </span>
  );
}

/** What a contact may do in the portal of one company, in signs and words. */
export function RightsMark({
  membership,
}: {
  membership: Pick<Membership, 'seesCompany' | 'closesCompany' | 'isAdmin' | 'objects'>;
}) {
  const { t } = useTranslation();
  const { seesCompany, closesCompany, isAdmin, objects } = membership;
  const rights = [
    isAdmin && { Icon: IconSettings, text: t('clients.right.isAdmin') },
    { Icon: IconEye, text: t(seesCompany ? 'clients.right.seesCompany' : 'clients.right.seesOwn') },
    closesCompany && { Icon: IconLock, text: t('clients.right.closesCompany') },
    objects.length > 0 && { Icon: IconBuilding, text: t('clients.right.objects', { count: objects.length }) },
  ].filter((right) => right !== false);
  return (
    <span className={classes.chips}>
      {rights.map(({ Icon, text }) => (
        <span key={text} className={classes.right}>
          <Icon size={14} aria-hidden />
          {text}
        </span>
      ))}
    </span>
  );
}
