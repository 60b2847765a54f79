import { nameReference, pickReference } from '@/pickers/reference-picker';
import { ActionIcon, Button, Select, Text } from '@mantine/core';
import { ConditionValues } from '@opora/ui/conditions';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './fields.module.css';
import { EFFECTS, type Effect, type EffectKind } from './fields.queries';
import { useFieldsByName, useFormFields } from './form-fields';

type Props = {
  effects: Effect[];
  errorOf: (pointer: string) => string | undefined;
  isOpen: boolean;
  onChange: (effects: Effect[]) => void;
};

/** What happens to which fields when the condition holds. */
export function EffectsEditor({ effects, errorOf, isOpen, onChange }: Props) {
  const { t } = useTranslation();
  const fields = useFormFields();
  const byName = useFieldsByName();
  const put = (at: number, effect: Effect) => onChange(effects.map((each, index) => (index === at ? effect : each)));
  const options = fields.map(({ name, label }) => ({ value: name, label }));
  return (
    <fieldset className={classes.set} disabled={!isOpen}>
      <legend className={classes.legend}>{t('fields.rules.thenTitle')}</legend>
      {errorOf('/effects') && (
        <Text size="xs" className={classes.error} role="alert">
          {errorOf('/effects')}
        </Text>
      )}
      {effects.map((effect, at) => {
        const known = byName.get(effect.field);
        return (
          <div key={at} className={classes.effect}>
            <Select
              size="xs"
              aria-label={t('fields.rules.effect')}
              allowDeselect={false}
              disabled={!isOpen}
              data={EFFECTS.map((kind) => ({ value: kind, label: t(`fields.effect.${kind}`) }))}
              value={effect.effect}
              error={errorOf(`/effects/${at}/effect`) ?? errorOf(`/effects/${at}`)}
              onChange={(kind) =>
                kind &&
                put(at, {
                  field: effect.field,
                  effect: kind as EffectKind,
                  ...(kind === 'allow' ? { values: effect.values ?? [] } : {}),
                })
              }
            />
            <Select
              size="xs"
              aria-label={t('fields.rules.field')}
              searchable
              allowDeselect={false}
              disabled={!isOpen}
              placeholder={t('fields.rules.field')}
              data={
                options.some(({ value }) => value === effect.field) || !effect.field
                  ? options
                  : [...options, { value: effect.field, label: effect.field }]
              }
              value={effect.field || null}
              error={errorOf(`/effects/${at}/field`)}
              onChange={(field) =>
                field && put(at, { ...effect, field, ...(effect.effect === 'allow' ? { values: [] } : {}) })
              }
            />
            <ActionIcon
              aria-label={t('fields.rules.removeEffect')}
              onClick={() => onChange(effects.filter((_, index) => index !== at))}
            >
              <IconX size={14} />
            </ActionIcon>
            {effect.effect === 'allow' && effect.field && (
              <div className={classes.effectValues}>
                <ConditionValues
                  field={known}
                  label={t('fields.rules.allowedValues')}
                  value={effect.values ?? []}
                  error={errorOf(`/effects/${at}/values`)}
                  pickReference={pickReference}
                  nameReference={nameReference}
                  onChange={(values) => put(at, { ...effect, values })}
                />
              </div>
            )}
          </div>
        );
      })}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...effects, { field: '', effect: 'require' }])}
      >
        {t('fields.rules.addEffect')}
      </Button>
    </fieldset>
  );
}
