import { CardForm } from '@/directory/form-drawer';
import { Alert, Button, Menu, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useFields } from '@opora/ui/form';
import { SafeHtml } from '@opora/ui/html';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { notifyDone } from '@opora/ui/theme';
import { IconBraces } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReferencePicker } from '@/pickers/reference-picker';
import { DeleteKept, KeptDrawer } from './kept-drawer';
import classes from './macros.module.css';
import {
  answerPreviewQuery,
  answerQuery,
  useDeleteAnswer,
  useSaveAnswer,
  variablesQuery,
  type Answer,
  type Scope,
} from './macros.queries';
import { ScopeFields } from './scope-fields';

/** One answer: its text with variables, and how it would read for a ticket. */
export function AnswerDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const isNew = id === 'new';
  const query = useQuery({ ...answerQuery(id), enabled: !isNew });
  return (
    <KeptDrawer title={query.data?.title ?? t('macros.answers.add')} isNew={isNew} query={query} onClose={onClose}>
      {(answer) => <AnswerForm answer={answer} onClose={onClose} />}
    </KeptDrawer>
  );
}

function Delete({ id, onDone }: { id: string; onDone: () => void }) {
  return <DeleteKept remove={useDeleteAnswer(id)} onDone={onDone} />;
}

function AnswerForm({ answer, onClose }: { answer: Answer | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveAnswer(answer);
  const mayEdit = answer?.mayEdit ?? true;
  const fields = useFields({
    title: answer?.title ?? '',
    shortcut: answer?.shortcut ?? '',
    html: answer?.html ?? '',
    locale: answer?.locale ?? null,
    scope: (answer?.scope ?? 'personal') as Scope,
    teamIds: answer?.teamIds ?? [],
  });
  const { title, shortcut, html, locale, scope, teamIds } = fields.values;
  const submit = () =>
    save.mutate(
      {
        title: title.trim(),
        shortcut: shortcut.trim().replace(/^\//, '') || null,
        html,
        locale,
        scope,
        teamIds: scope === 'team' ? teamIds : [],
      },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: fields.applyProblem,
      },
    );
  const hasOwn = Object.values(fields.errors).some(Boolean);
  return (
    <CardForm
      problem={save.error && !hasOwn ? save.error : null}
      submit={t('ui.save')}
      isBusy={save.isPending}
      isDisabled={!mayEdit || title.trim() === '' || isEmptyHtml(html)}
      onSubmit={submit}
      onCancel={onClose}
      extra={answer?.mayEdit && <Delete id={answer.id} onDone={onClose} />}
    >
      {answer && answer.problems.length > 0 && (
        <Alert color="orange" variant="light" role="alert">
          {answer.problems.map(({ message }) => message).join('. ')}
        </Alert>
      )}
      <TextInput
        data-autofocus
        required
        disabled={!mayEdit}
        label={t('macros.field.title')}
        maxLength={200}
        {...fields.text('title')}
      />
      <TextInput
        label={t('macros.field.shortcut')}
        description={t('macros.answers.shortcutHint')}
        disabled={!mayEdit}
        leftSection="/"
        maxLength={40}
        {...fields.text('shortcut')}
      />
      <AnswerText
        html={html}
        error={fields.errors.html}
        isOpen={mayEdit}
        onChange={(next) => fields.set('html', next)}
      />
      <Select
        label={t('macros.field.locale')}
        disabled={!mayEdit}
        clearable
        placeholder={t('macros.locale.any')}
        data={(['ru', 'en'] as const).map((value) => ({ value, label: t(`macros.locale.${value}`) }))}
        {...fields.pick('locale')}
        onChange={(next) => fields.set('locale', next as 'ru' | 'en' | null)}
      />
      <ScopeFields
        scope={scope}
        teamIds={teamIds}
        errors={fields.errors}
        isDisabled={!mayEdit}
        onScope={(next) => fields.set('scope', next)}
        onTeams={(next) => fields.set('teamIds', next)}
      />
      <Preview html={html} />
    </CardForm>
  );
}

type TextProps = { html: string; error: string | undefined; isOpen: boolean; onChange: (html: string) => void };

function AnswerText({ html, error, isOpen, onChange }: TextProps) {
  const { t, i18n } = useTranslation();
  const { data: variables = [] } = useQuery(variablesQuery(i18n.language));
  const add = (text: string) => onChange(html ? html.replace(/(<\/p>)?$/, ` ${text}$1`) : `<p>${text}</p>`);
  if (!isOpen)
    return (
      <div className={classes.text}>
        <SafeHtml html={html} />
      </div>
    );
  return (
    <div>
      <div className={classes.textHead}>
        <Text size="xs" fw={600}>
          {t('macros.field.text')} *
        </Text>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="subtle" size="compact-xs" leftSection={<IconBraces size={14} />}>
              {t('macros.answers.variable')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {variables.map(({ name, label }) => (
              <Menu.Item key={name} onClick={() => add(`{{${name}}}`)} rightSection={<code>{name}</code>}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes.editor} data-refused={error !== undefined || undefined}>
        <RichText html={html} label={t('macros.field.text')} minHeight={120} maxHeight={320} onChange={onChange} />
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t('macros.answers.conditionHint', CONDITION)}
      </Text>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}

/** Brackets of conditions would be read by the texts themselves. */
const CONDITION = { example: '{{#object.name}}…{{/object.name}}', opposite: '{{^object.name}}…{{/object.name}}' };

/** The text as a client would read it, for a ticket of one's choice. */
function Preview({ html }: { html: string }) {
  const { t } = useTranslation();
  const [ticketId, setTicket] = useState<string | null>(null);
  const [asked] = useDebouncedValue(html, 400);
  const isOn = ticketId !== null && !isEmptyHtml(asked);
  const { data, error } = useQuery({ ...answerPreviewQuery(asked, ticketId), enabled: isOn });
  return (
    <section className={classes.previewBox} aria-label={t('macros.answers.preview')}>
      <ReferencePicker
        reference="ticket"
        label={t('macros.answers.preview')}
        placeholder={t('macros.answers.previewTicket')}
        value={ticketId}
        onChange={setTicket}
      />
      {isOn && data && (
        <div className={classes.text}>
          <SafeHtml html={data.html} />
        </div>
      )}
      {isOn && error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error.message}
        </Text>
      )}
    </section>
  );
}
