import { RemoveButton } from '@/directory/remove-button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDeletePolicy, type Policy } from './policies.queries';

/** Takes a policy out of the list; what it promised stays on its tickets. */
export function DeletePolicy({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <RemoveButton
      label={t('slaConfig.policies.remove')}
      title={t('slaConfig.policies.removeTitle', { name: policy.name })}
      hint={t('slaConfig.policies.removeHint')}
      done={t('slaConfig.policies.removed')}
      remove={useDeletePolicy(policy.id)}
      onDone={() => void navigate('/sla-config/policies')}
    />
  );
}
