import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = {
  isNew: boolean;
  value: string;
  error: string | undefined;
  onChange: (event: { currentTarget: { value: string } }) => void;
};

/** The short name that filters and the API know; given once. */
export function CodeInput({ isNew, ...input }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('ticketConfig.field.code')}
      description={t(isNew ? 'ticketConfig.codeHint' : 'ticketConfig.codeKept')}
      required={isNew}
      readOnly={!isNew}
      variant={isNew ? 'default' : 'filled'}
      maxLength={50}
      spellCheck={false}
      {...input}
    />
  );
}
