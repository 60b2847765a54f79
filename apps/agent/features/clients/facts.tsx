import { ActionIcon, Group, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './facts.module.css';

/** A label with its value. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}

type TextProps = {
  label: string;
  value: string;
  /** What stands there when nothing is being written; the value itself, unless given. */
  shown?: ReactNode;
  isOpen: boolean;
  isLong?: boolean;
  inputMode?: 'tel' | 'email' | 'url' | 'text';
  /** Stays open with the refusal until `onDone`. */
  onSave: (text: string, handlers: { onDone: () => void; onFieldError: (message: string) => void }) => void;
};

/** A text that is written where it stands: Enter or leaving saves, Esc gives it up. */
export function TextFact({ label, value, shown, isOpen, isLong = false, inputMode = 'text', onSave }: TextProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | undefined>();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setDraft(null);
    setError(undefined);
    setTimeout(() => button.current?.focus());
  };
  const save = () => {
    if (draft === null) return;
    if (draft.trim() === value) return close();
    onSave(draft.trim(), { onDone: close, onFieldError: setError });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  if (draft !== null) {
    const input = {
      size: 'xs',
      'aria-label': label,
      value: draft,
      error,
      autoFocus: true,
      onKeyDown,
      onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    } as const;
    return (
      <Fact label={label}>
        <Group gap={4} wrap="nowrap" align="flex-start">
          <div className={classes.input}>
            {isLong ? (
              <Textarea {...input} autosize minRows={3} maxRows={12} />
            ) : (
              <TextInput {...input} inputMode={inputMode} />
            )}
          </div>
          <ActionIcon aria-label={t('clients.saveField', { field: label })} onClick={save}>
            <IconCheck size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('clients.cancelField', { field: label })} onClick={close}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </Fact>
    );
  }
  const content =
    shown ?? (value || <span className={classes.none}>{t(isOpen ? 'clients.add' : 'clients.none')}</span>);
  if (!isOpen) return <Fact label={label}>{content}</Fact>;
  return (
    <Fact label={label}>
      <button
        ref={button}
        type="button"
        className={classes.edit}
        data-long={isLong || undefined}
        aria-label={t('clients.editField', { field: label, value })}
        onClick={() => setDraft(value)}
      >
        {content}
      </button>
    </Fact>
  );
}
