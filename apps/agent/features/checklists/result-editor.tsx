import { Button, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import type { Item, Mark } from './checklists.queries';
import { CodeCamera } from './code-camera';
import { useLimits } from './limits';
import { PhotoInput } from './photo-input';
import { SignaturePad } from './signature-pad';

export type Given = { result?: string | number | null; fileIds?: string[] };
type Props = {
  item: Item;
  mark: Mark | undefined;
  /** Answers what the server refused. */
  onSave: (given: Given) => Promise<Error | null>;
  onDone: () => void;
};

/** The result an item asks for; its limits stand beside, the server's refusal below. */
export function ResultEditor({ item, mark, onSave, onDone }: Props) {
  const [refusal, setRefusal] = useState<string>();
  const save = async (given: Given) => {
    const error = await onSave(given);
    if (!error) return onDone();
    const told = error instanceof ApiProblem ? error.errors[0]?.message : undefined;
    setRefusal(told ?? error.message);
  };
  const common = { item, mark, refusal, onSave: (given: Given) => void save(given), onCancel: onDone };
  return (
    <div
      className={classes.editor}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
        // Keys typed into a result are no ticks of the list around it.
        event.stopPropagation();
      }}
    >
      <Editor {...common} />
    </div>
  );
}

type EditorProps = {
  item: Item;
  mark: Mark | undefined;
  refusal: string | undefined;
  onSave: (given: Given) => void;
  onCancel: () => void;
};

function Editor(props: EditorProps) {
  switch (props.item.resultKind) {
    case 'number':
      return <NumberResult {...props} />;
    case 'choice':
      return <ChoiceResult {...props} />;
    case 'photo':
      return <PhotoInput {...props} />;
    case 'signature':
      return <SignaturePad {...props} />;
    default:
      return <TextResult {...props} />;
  }
}

function TextResult({ item, mark, refusal, onSave, onCancel }: EditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(typeof mark?.result === 'string' ? mark.result : '');
  const isCode = item.resultKind === 'code';
  const Input = isCode ? TextInput : Textarea;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ result: text.trim() || null });
  };
  return (
    <form onSubmit={submit}>
      <Input
        autoFocus
        size="xs"
        aria-label={item.title}
        placeholder={t(`checklists.result.place.${isCode ? 'code' : 'text'}`)}
        maxLength={2000}
        value={text}
        error={refusal}
        {...(isCode ? {} : { autosize: true, minRows: 1, maxRows: 6 })}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <Buttons onCancel={onCancel}>{isCode && <CodeCamera onFound={(code) => onSave({ result: code })} />}</Buttons>
    </form>
  );
}

function NumberResult({ item, mark, refusal, onSave, onCancel }: EditorProps) {
  const limits = useLimits(item.resultLimits);
  const { min, max, decimals, unit } = item.resultLimits;
  const [value, setValue] = useState<number | string>(typeof mark?.result === 'number' ? mark.result : '');
  const isOut = typeof value === 'number' && ((min !== undefined && value < min) || (max !== undefined && value > max));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ result: typeof value === 'number' ? value : null });
  };
  return (
    <form onSubmit={submit}>
      <NumberInput
        autoFocus
        size="xs"
        hideControls
        aria-label={item.title}
        description={limits}
        decimalSeparator=","
        allowedDecimalSeparators={[',', '.']}
        decimalScale={decimals ?? 6}
        suffix={unit ? ` ${unit}` : ''}
        value={value}
        error={refusal ?? isOut}
        onChange={setValue}
      />
      <Buttons onCancel={onCancel} />
    </form>
  );
}

function ChoiceResult({ item, mark, refusal, onSave }: EditorProps) {
  return (
    <div role="group" aria-label={item.title}>
      <Group gap={6}>
        {(item.resultLimits.options ?? []).map((option, index) => (
          <Button
            key={option}
            size="compact-sm"
            variant={mark?.result === option ? 'filled' : 'default'}
            data-autofocus={index === 0 || undefined}
            onClick={() => onSave({ result: option })}
          >
            {option}
          </Button>
        ))}
      </Group>
      {refusal && <Refusal text={refusal} />}
    </div>
  );
}

/** Why the server does not take it. */
export const Refusal = ({ text }: { text: string }) => (
  <span className={classes.refusal} role="alert">
    {text}
  </span>
);

export function Buttons({ onCancel, children }: { onCancel: () => void; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} mt={6}>
      <Button size="compact-xs" type="submit">
        {t('checklists.result.save')}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={onCancel}>
        {t('ui.cancel')}
      </Button>
      {children}
    </Group>
  );
}
