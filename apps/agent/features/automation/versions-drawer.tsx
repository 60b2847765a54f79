import { SideDrawer } from '@/directory/form-drawer';
import { Badge, Button, Text } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { RuleWords } from './rule-words';
import { useRestoreVersion, versionsQuery, type Rule } from './rules.queries';

type Props = { rule: Rule; isManager: boolean; onClose: () => void };

/** What the rule has ever said, the newest first; any of it can be the newest again. */
export function VersionsDrawer({ rule, isManager, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery({ ...versionsQuery(rule.id), staleTime: 0 });
  const restore = useRestoreVersion(rule);
  const bring = (version: number) =>
    restore.mutate(version, {
      onSuccess: () => {
        notifyDone(t('automation.restored', { version }));
        onClose();
      },
      onError: (problem) => notifyProblem(t('ui.failed'), problem),
    });
  return (
    <SideDrawer title={t('automation.versionsTitle')} onClose={onClose}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      <ol className={classes.versions}>
        {data?.map(({ version, name, note, createdAt, changedBy, ...definition }) => (
          <li key={version}>
            <div className={classes.ruleHead}>
              <b>{t('automation.version', { version })}</b>
              {version === rule.version && <Badge size="sm">{t('automation.inForce')}</Badge>}
              {isManager && version !== rule.version && (
                <Button
                  variant="default"
                  size="compact-xs"
                  loading={restore.isPending && restore.variables === version}
                  onClick={() => bring(version)}
                >
                  {t('automation.restore')}
                </Button>
              )}
            </div>
            <Text size="xs" c="dimmed">
              {[format.dateTime(createdAt), changedBy?.name, note].filter(Boolean).join(' · ')}
            </Text>
            <Text size="sm">{name}</Text>
            <RuleWords {...definition} />
          </li>
        ))}
      </ol>
    </SideDrawer>
  );
}
