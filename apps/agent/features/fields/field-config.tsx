import { NumberInput, Select, Switch, Text, Textarea, TextInput } from '@mantine/core';
import type { Fields } from '@opora/ui/form';
import { useTranslation } from 'react-i18next';
import type { FieldDraft } from './field-draft';
import classes from './fields.module.css';

type Props = {
  fields: Fields<FieldDraft>;
  isOpen: boolean;
  codes: string[];
  errorOf: (pointer: string) => string | undefined;
};
const REFERENCES = ['company', 'contact', 'object', 'employee', 'ticket'];

/** What a type lets one set. */
export function FieldConfig({ fields, isOpen, codes, errorOf }: Props) {
  const { t } = useTranslation();
  const { values, set } = fields;
  const number = (key: 'min' | 'max' | 'maxLength' | 'decimals') => (
    <NumberInput
      key={key}
      label={t(`fields.config.${key}`)}
      disabled={!isOpen}
      min={key === 'min' || key === 'max' ? undefined : 0}
      value={values[key]}
      error={errorOf(`/config/${key}`)}
      onChange={(next) => set(key, next === '' ? '' : Number(next))}
    />
  );
  switch (values.type) {
    case 'text':
      return (
        <>
          <Switch
            label={t('fields.config.isMultiline')}
            disabled={!isOpen}
            checked={values.isMultiline}
            onChange={(event) => set('isMultiline', event.currentTarget.checked)}
          />
          <div className={classes.pair}>
            {number('maxLength')}
            <TextInput
              label={t('fields.config.pattern')}
              description={t('fields.config.patternHint')}
              spellCheck={false}
              disabled={!isOpen}
              {...fields.text('pattern')}
              error={errorOf('/config/pattern')}
            />
          </div>
        </>
      );
    case 'number':
      return <div className={classes.triple}>{(['min', 'max', 'decimals'] as const).map(number)}</div>;
    case 'money':
      return <div className={classes.pair}>{(['min', 'max'] as const).map(number)}</div>;
    case 'reference':
      return (
        <Select
          label={t('fields.config.reference')}
          allowDeselect={false}
          disabled={!isOpen}
          data={REFERENCES.map((value) => ({ value, label: t(`fields.reference.${value}`) }))}
          value={values.reference}
          error={errorOf('/config/reference')}
          onChange={(reference) => reference && set('reference', reference as FieldDraft['reference'])}
        />
      );
    case 'formula':
      return (
        <div>
          <Textarea
            label={t('fields.config.formula')}
            description={t('fields.config.formulaHint')}
            required
            autosize
            minRows={2}
            spellCheck={false}
            disabled={!isOpen}
            classNames={{ input: classes.code }}
            {...fields.text('formula')}
            error={errorOf('/config/formula')}
          />
          {codes.length > 0 && (
            <Text size="xs" c="dimmed" mt={4}>
              {t('fields.config.codes')} <code>{codes.join(', ')}</code>
            </Text>
          )}
        </div>
      );
    default:
      return null;
  }
}
