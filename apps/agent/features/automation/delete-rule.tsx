import { RemoveButton } from '@/directory/remove-button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDeleteRule, type Rule } from './rules.queries';

/** Takes a rule out of the list; what it has done stays told. */
export function DeleteRule({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <RemoveButton
      label={t('automation.remove')}
      title={t('automation.removeTitle', { name: rule.name })}
      hint={t('automation.removeHint')}
      done={t('automation.removed')}
      remove={useDeleteRule(rule.id)}
      onDone={() => void navigate('/rules')}
    />
  );
}
