import { ActionIcon, Button, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeFrom } from './field-draft';
import classes from './fields.module.css';
import type { Option } from './fields.queries';
import { moved, OrderButtons } from './order-buttons';

type Props = {
  options: Option[];
  /** Options that tickets may have already: they go to the archive instead of away. */
  kept: string[];
  errorOf: (pointer: string) => string | undefined;
  isOpen: boolean;
  onChange: (options: Option[]) => void;
};

/** What a list offers, in order; an option that is in use is archived, not removed. */
export function OptionsEditor({ options, kept, errorOf, isOpen, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const put = (at: number, option: Option) => onChange(options.map((each, index) => (index === at ? option : each)));
  const add = () => {
    const fresh = linesToOptions(
      text,
      options.map(({ value }) => value),
    );
    if (fresh.length > 0) onChange([...options, ...fresh]);
    setText('');
  };
  return (
    <fieldset className={classes.set} disabled={!isOpen}>
      <legend className={classes.legend}>{t('fields.options.title')}</legend>
      {errorOf('/options') && (
        <Text size="xs" className={classes.error} role="alert">
          {errorOf('/options')}
        </Text>
      )}
      {options.map((option, at) => (
        <div key={at} className={classes.option} data-archived={option.isArchived || undefined}>
          {(['ru', 'en'] as const).map((language) => (
            <TextInput
              key={language}
              size="xs"
              aria-label={t(`fields.options.${language}`, { value: option.value })}
              value={option.label[language]}
              error={errorOf(`/options/${at}/label/${language}`)}
              onChange={(event) =>
                put(at, { ...option, label: { ...option.label, [language]: event.currentTarget.value } })
              }
            />
          ))}
          <TextInput
            size="xs"
            aria-label={t('fields.options.value')}
            value={option.value}
            spellCheck={false}
            readOnly={kept.includes(option.value)}
            variant={kept.includes(option.value) ? 'filled' : 'default'}
            error={errorOf(`/options/${at}/value`)}
            onChange={(event) => put(at, { ...option, value: event.currentTarget.value })}
          />
          <OrderButtons
            name={option.label.ru}
            at={at}
            count={options.length}
            onMove={(to) => onChange(moved(options, at, to))}
          />
          {kept.includes(option.value) ? (
            <Switch
              size="xs"
              aria-label={t('fields.options.offered', { name: option.label.ru })}
              title={t('fields.options.offered', { name: option.label.ru })}
              checked={!option.isArchived}
              onChange={(event) => put(at, { ...option, isArchived: !event.currentTarget.checked })}
            />
          ) : (
            <ActionIcon
              aria-label={t('fields.options.remove', { name: option.label.ru })}
              onClick={() => onChange(options.filter((_, index) => index !== at))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      <div className={classes.addOption}>
        <TextInput
          size="xs"
          aria-label={t('fields.options.new')}
          placeholder={t('fields.options.new')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            if (!pasted.includes('\n')) return;
            event.preventDefault();
            const taken = options.map(({ value }) => value);
            onChange([...options, ...linesToOptions(pasted, taken)]);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} disabled={!text.trim()} onClick={add}>
          {t('fields.options.add')}
        </Button>
      </div>
      <Text size="xs" c="dimmed">
        {t('fields.options.hint')}
      </Text>
    </fieldset>
  );
}

function linesToOptions(text: string, taken: string[]): Option[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const value = codeFrom(line, taken) || `option_${taken.length + 1}`;
      taken.push(value);
      return { value, label: { ru: line, en: line }, isArchived: false };
    });
}
