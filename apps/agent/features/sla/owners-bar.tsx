import { useSpans } from '@/timing/spans';
import { IconBuilding, IconCheckbox, IconInbox, IconUser, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { slicesOf } from './owner-slices';
import classes from './deadlines.module.css';
import type { OwnerTime, SlaOwner } from './sla.types';

const ICONS: Record<SlaOwner, Icon> = {
  queue: IconInbox,
  person: IconUser,
  client: IconUsersGroup,
  approver: IconCheckbox,
  partner: IconBuilding,
};

/** A little is not nothing, and nearly all is not all. */
function shareOf(percent: number, owners: number): string {
  if (percent < 1) return '< 1 %';
  return percent > 99 && owners > 1 ? '> 99 %' : `${percent} %`;
}

/** Whose time it was: every second of the ticket belongs to exactly one owner, and the sum is the whole. */
export function OwnersBar({ owners, total }: { owners: OwnerTime[]; total: number }) {
  const { t } = useTranslation();
  const spans = useSpans();
  const slices = slicesOf(owners, total);
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {slices.map(({ key, owner, share, shade }) => (
          <span key={key} data-owner={owner} data-shade={shade} style={{ width: `${share}%` }} />
        ))}
      </div>
      <ul className={classes.rows}>
        {slices.map(({ key, owner, name, seconds, percent, shade }) => {
          const OwnerIcon = ICONS[owner];
          return (
            <li key={key} className={classes.row}>
              <i className={classes.swatch} data-owner={owner} data-shade={shade} aria-hidden />
              <OwnerIcon size={14} aria-hidden />
              <span className={classes.rowName}>{name ?? t(`sla.owner.${owner}`)}</span>
              <span className={classes.percent}>{shareOf(percent, slices.length)}</span>
              <span className={classes.figure}>{spans.exact(seconds)}</span>
            </li>
          );
        })}
        <li className={classes.row} data-total>
          <span className={classes.rowName}>{t('sla.panel.total')}</span>
          <span className={classes.figure}>{spans.exact(total)}</span>
        </li>
      </ul>
    </div>
  );
}
