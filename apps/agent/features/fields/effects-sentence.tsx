import { nameReference } from '@/pickers/reference-picker';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { EFFECTS, type Effect, type EffectKind } from './fields.queries';
import { useFieldsByName, useFormFields } from './form-fields';

/** What a rule does, in words: «потребовать Серийный номер; скрыть Объект». */
export function EffectsSentence({ effects }: { effects: Effect[] }) {
  const { t } = useTranslation();
  const names = useFieldNames();
  const byName = useFieldsByName();
  const kinds = EFFECTS.filter((kind) => effects.some(({ effect }) => effect === kind));
  const valueOf = (field: string, value: unknown) => {
    const known = byName.get(field);
    const option = known?.options?.find((each) => each.value === value);
    if (option) return option.label;
    return known?.type === 'reference' ? nameReference(known.reference ?? '', String(value)) : String(value);
  };
  const ofKind = (kind: EffectKind) => effects.filter(({ effect }) => effect === kind);
  return kinds.map((kind, at) => (
    <Fragment key={kind}>
      {at > 0 && '; '}
      {t(`fields.does.${kind}`)}{' '}
      {ofKind(kind).map(({ field, values }, index) => (
        <Fragment key={field}>
          {index > 0 && ', '}
          <b>{names(field)}</b>
          {kind === 'allow' && (
            <>
              {': '}
              {(values ?? []).map((value, place) => (
                <Fragment key={String(value)}>
                  {place > 0 && ', '}
                  {valueOf(field, value)}
                </Fragment>
              ))}
            </>
          )}
        </Fragment>
      ))}
    </Fragment>
  ));
}

/** A form field's name; its own name when it is not there any more. */
export function useFieldNames(): (name: string) => string {
  const fields = useFormFields();
  return (name) => fields.find((field) => field.name === name)?.label ?? name;
}
