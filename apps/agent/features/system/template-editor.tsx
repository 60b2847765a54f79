import { Alert, Badge, Button, Group, Textarea, TextInput } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useFields } from '@opora/ui/form';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './system.module.css';
import { TemplatePreview } from './template-preview';
import { tagOf, variablesFor } from './template-variables';
import { useResetTemplate, useSaveTemplate, type Template } from './templates.queries';

/** Subject and body of a mail in one language; the preview follows the typing. */
export function TemplateEditor({ template }: { template: Template }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const save = useSaveTemplate(template.key, template.locale);
  const fields = useFields({ subject: template.subject, body: template.body });
  const { values, set } = fields;
  const isTouched = values.subject !== template.subject || values.body !== template.body;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    save.mutate(values, {
      onSuccess: () => notifyDone(t('ui.saved')),
      onError: (error) => !fields.applyProblem(error) && setProblem(error),
    });
  };
  const insert = (name: string) => {
    const [from, to] = [
      body.current?.selectionStart ?? values.body.length,
      body.current?.selectionEnd ?? values.body.length,
    ];
    set('body', values.body.slice(0, from) + tagOf(name) + values.body.slice(to));
    body.current?.focus();
  };
  return (
    <div className={classes.editor}>
      <form className={classes.writing} onSubmit={submit}>
        <TextInput label={t('system.field.subject')} required maxLength={300} {...fields.text('subject')} />
        <Textarea
          ref={body}
          label={t('system.field.body')}
          required
          autosize
          minRows={12}
          maxRows={26}
          maxLength={50_000}
          spellCheck={false}
          classNames={{ input: classes.source }}
          {...fields.text('body')}
        />
        <div>
          <div className={classes.label}>{t('system.templates.variables')}</div>
          <div className={classes.variables}>
            {variablesFor(template.key, template).map((name) => (
              <button
                key={name}
                type="button"
                className={classes.variable}
                title={t(`system.variable.${name.replace('.', '_')}`, { defaultValue: name })}
                onClick={() => insert(name)}
              >
                {name}
              </button>
            ))}
          </div>
        </div>
        {problem && (
          <Alert color="red" variant="light" role="alert" classNames={{ message: classes.words }}>
            {problem.message}
          </Alert>
        )}
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!isTouched}>
            {t('ui.save')}
          </Button>
          {template.isChanged && <Reset template={template} onReset={(text) => fields.reset(text)} />}
          {template.isChanged ? (
            <Badge color="blue">{t('system.templates.changed')}</Badge>
          ) : (
            <span className={classes.dim}>{t('system.templates.shipped')}</span>
          )}
        </Group>
      </form>
      <TemplatePreview template={template} draft={values} />
    </div>
  );
}

/** Back to the text the product came with. */
function Reset({
  template,
  onReset,
}: {
  template: Template;
  onReset: (text: { subject: string; body: string }) => void;
}) {
  const { t } = useTranslation();
  const [isAsked, ask] = useState(false);
  const reset = useResetTemplate(template.key, template.locale);
  const run = () =>
    reset.mutate(undefined, {
      onSuccess: (texts) => {
        const shipped = texts.find(({ key, locale }) => key === template.key && locale === template.locale);
        if (shipped) onReset({ subject: shipped.subject, body: shipped.body });
        notifyDone(t('system.templates.resetDone'));
      },
      onError: (error) => notifyProblem(t('ui.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={15} />}
        loading={reset.isPending}
        onClick={() => ask(true)}
      >
        {t('system.templates.reset')}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={t('system.templates.resetAsk')}
        confirm={t('system.templates.reset')}
        isDangerous
        isBusy={reset.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {t('system.templates.resetHint')}
      </ConfirmDialog>
    </>
  );
}
