import { TextInput } from '@mantine/core';
import type { Fields } from '@opora/ui/form';
import { useTranslation } from 'react-i18next';
import classes from './ticket-config.module.css';

type Props<V extends Record<string, unknown>> = {
  fields: Fields<V>;
  /** First word of the two fields: `name` for `nameRu` and `nameEn`. */
  of: 'name' | 'clientName';
  isRequired?: boolean;
  isOpen: boolean;
  isFirst?: boolean;
  hint?: string;
};

/** A name in both languages, side by side. */
export function NameInputs<V extends Record<string, unknown>>({
  fields,
  of,
  isRequired = true,
  isOpen,
  isFirst,
  hint,
}: Props<V>) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      {(['Ru', 'En'] as const).map((language) => (
        <TextInput
          key={language}
          label={t(`ticketConfig.field.${of}${language}`)}
          description={hint}
          required={isRequired}
          maxLength={100}
          disabled={!isOpen}
          data-autofocus={(isFirst && language === 'Ru') || undefined}
          {...fields.text(`${of}${language}`)}
        />
      ))}
    </div>
  );
}
