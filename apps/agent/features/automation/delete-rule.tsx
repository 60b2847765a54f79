import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDeleteRule, type Rule } from './rules.queries';

/** Takes a rule out of the list; what it has done stays told. */
export function DeleteRule({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isAsking, dialog] = useDisclosure(false);
  const remove = useDeleteRule(rule.id);
  return (
    <>
      <Button variant="subtle" color="red" onClick={dialog.open}>
        {t('automation.remove')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t('automation.removeTitle', { name: rule.name })}
        confirm={t('automation.remove')}
        isDangerous
        isBusy={remove.isPending}
        onClose={dialog.close}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              notifyDone(t('automation.removed'));
              void navigate('/rules');
            },
            onError: (error) => notifyProblem(t('automation.failed'), error),
          })
        }
      >
        {t('automation.removeHint')}
      </ConfirmDialog>
    </>
  );
}
