import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function __Feature__Page() {
  const { t } = useTranslation();
  return <Title order={1}>{t('__featureCamel__.title')}</Title>;
}
