import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDeletePolicy, type Policy } from './policies.queries';

/** Takes a policy out of the list; what it promised stays on its tickets. */
export function DeletePolicy({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isAsking, dialog] = useDisclosure(false);
  const remove = useDeletePolicy(policy.id);
  return (
    <>
      <Button variant="subtle" color="red" onClick={dialog.open}>
        {t('slaConfig.policies.remove')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t('slaConfig.policies.removeTitle', { name: policy.name })}
        confirm={t('slaConfig.policies.remove')}
        isDangerous
        isBusy={remove.isPending}
        onClose={dialog.close}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              notifyDone(t('slaConfig.policies.removed'));
              void navigate('/sla-config/policies');
            },
            onError: (error) => notifyProblem(t('slaConfig.failed'), error),
          })
        }
      >
        {t('slaConfig.policies.removeHint')}
      </ConfirmDialog>
    </>
  );
}
