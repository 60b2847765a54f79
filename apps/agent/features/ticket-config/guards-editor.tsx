import { Checkbox, NumberInput, Select, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { guardsQuery, type Guard, type GuardRef } from './processes.queries';
import classes from './ticket-config.module.css';

type Props = {
  value: GuardRef[];
  error: string | undefined;
  isOpen: boolean;
  onChange: (guards: GuardRef[]) => void;
};

/** What must be done before a transition, each condition with its settings. */
export function GuardsEditor({ value, error, isOpen, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { data: offered = [] } = useQuery(guardsQuery(i18n.language));
  const unknown = value.filter(({ name }) => !offered.some((guard) => guard.name === name));
  const put = (name: string, params: GuardRef['params']) =>
    onChange(value.map((each) => (each.name === name ? { name, params } : each)));
  if (offered.length === 0 && unknown.length === 0) return null;
  return (
    <fieldset className={classes.form} disabled={!isOpen}>
      <legend className={classes.legend}>{t('ticketConfig.processes.guards')}</legend>
      <Text size="xs" c="dimmed" mb={6}>
        {t('ticketConfig.processes.guardsHint')}
      </Text>
      {error && (
        <Text size="xs" className={classes.error} role="alert">
          {error}
        </Text>
      )}
      {offered.map((guard) => {
        const listed = value.find(({ name }) => name === guard.name);
        return (
          <div key={guard.name} className={classes.guard}>
            <Checkbox
              label={guard.label}
              disabled={!isOpen}
              checked={listed !== undefined}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...value, { name: guard.name, params: startOf(guard) }]
                    : value.filter(({ name }) => name !== guard.name),
                )
              }
            />
            {listed && guard.params.length > 0 && (
              <div className={classes.guardParams}>
                {guard.params.map((param) => (
                  <Param
                    key={param.name}
                    param={param}
                    value={listed.params[param.name]}
                    isOpen={isOpen}
                    onChange={(next) => put(guard.name, { ...listed.params, [param.name]: next })}
                  />
                ))}
              </div>
            )}
          </div>
        );
      })}
      {unknown.map(({ name }) => (
        <Checkbox
          key={name}
          label={t('ticketConfig.processes.unknownGuard', { name })}
          disabled={!isOpen}
          checked
          onChange={() => onChange(value.filter((each) => each.name !== name))}
        />
      ))}
    </fieldset>
  );
}

const startOf = ({ params }: Guard): GuardRef['params'] =>
  Object.fromEntries(params.flatMap((param) => (param.default === null ? [] : [[param.name, param.default]])));

type ParamProps = {
  param: Guard['params'][number];
  value: unknown;
  isOpen: boolean;
  onChange: (value: unknown) => void;
};

function Param({ param, value, isOpen, onChange }: ParamProps) {
  const { label, type, min, max, options } = param;
  if (type === 'boolean')
    return (
      <Switch
        label={label}
        disabled={!isOpen}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (type === 'choice')
    return (
      <Select
        size="xs"
        label={label}
        disabled={!isOpen}
        allowDeselect={false}
        data={options}
        value={typeof value === 'string' ? value : null}
        onChange={(next) => next && onChange(next)}
      />
    );
  return (
    <NumberInput
      size="xs"
      label={label}
      disabled={!isOpen}
      min={min ?? 0}
      max={max ?? undefined}
      allowDecimal={type === 'number'}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => next !== '' && onChange(Number(next))}
    />
  );
}
