import { ActionIcon, Checkbox, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './view-dialog.module.css';
import type { Choice } from './view-columns';

type Props = { choices: Choice[]; value: string[]; error?: string; onChange: (keys: string[]) => void };

/** Which columns a view has and in what order: the chosen ones first. */
export function ColumnChooser({ choices, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = value.flatMap((key) => choices.find((choice) => choice.key === key) ?? []);
  const rest = choices.filter(({ key }) => !value.includes(key));
  const move = (at: number, by: -1 | 1) => {
    const next = chosen.map(({ key }) => key);
    const [key] = next.splice(at, 1);
    if (key) next.splice(at + by, 0, key);
    onChange(next);
  };
  return (
    <fieldset className={classes.columns}>
      <legend>{t('tickets.view.columns')}</legend>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <ul>
        {chosen.map(({ key, label }, at) => (
          <li key={key}>
            <Checkbox
              label={label}
              checked
              onChange={() => onChange(chosen.filter((choice) => choice.key !== key).map((choice) => choice.key))}
            />
            <span>
              <ActionIcon
                size={24}
                aria-label={t('tickets.view.left', { name: label })}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={t('tickets.view.right', { name: label })}
                disabled={at === chosen.length - 1}
                onClick={() => move(at, 1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </span>
          </li>
        ))}
        {rest.map(({ key, label }) => (
          <li key={key}>
            <Checkbox
              label={label}
              checked={false}
              onChange={() => onChange([...chosen.map((choice) => choice.key), key])}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
