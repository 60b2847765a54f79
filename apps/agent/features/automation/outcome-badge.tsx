import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Firing } from './rules.queries';

const COLORS: Record<Firing['outcome'], string> = { fired: 'green', failed: 'red', stopped: 'orange' };

/** How a meeting of a rule with an event ended. */
export function OutcomeBadge({ outcome }: { outcome: Firing['outcome'] }) {
  const { t } = useTranslation();
  return <Badge color={COLORS[outcome]}>{t(`automation.outcome.${outcome}`)}</Badge>;
}
