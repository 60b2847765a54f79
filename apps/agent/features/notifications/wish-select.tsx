import { NativeSelect } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Wish } from './notifications.queries';

const WISHES: Wish[] = ['now', 'digest', 'off'];

type Props = { label: string; value: Wish; isLocked?: boolean; onChange: (wish: Wish) => void };

/** At once, in the digest, or not at all; what the organisation has fixed cannot be chosen. */
export function WishSelect({ label, value, isLocked = false, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={isLocked ? `${label} — ${t('notifications.locked')}` : label}
      title={isLocked ? t('notifications.locked') : undefined}
      leftSection={isLocked ? <IconLock size={13} /> : undefined}
      disabled={isLocked}
      data={WISHES.map((wish) => ({ value: wish, label: t(`notifications.wish.${wish}`) }))}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Wish)}
    />
  );
}
