import { Alert, Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { alarmsQuery } from './rules.queries';

/** Says that rules were stopped, as long as nobody has seen to it. */
export function AlarmBanner() {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(alarmsQuery('open'));
  const alarms = data?.pages[0]?.data ?? [];
  if (!alarms.length) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} mb="sm" title={t('automation.alarmTitle')}>
      {t('automation.alarmBody', { count: alarms.length })}{' '}
      <Anchor component={Link} to="/rules/alarms" size="sm">
        {t('automation.why')}
      </Anchor>
    </Alert>
  );
}
