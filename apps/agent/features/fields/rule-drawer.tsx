import { RemoveButton } from '@/directory/remove-button';
import { CardForm, SideDrawer, Deeds } from '@/directory/form-drawer';
import { conditionProblemsOf, TicketConditionBuilder } from '@/pickers/ticket-condition';
import { Switch, TextInput } from '@mantine/core';
import { ApiProblem, type FieldProblem } from '@opora/client';
import type { Condition } from '@opora/ui/conditions';
import { useFields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EffectsEditor } from './effects-editor';
import classes from './fields.module.css';
import { useDeleteRule, useSaveRule, type Effect, type FormRule } from './fields.queries';

type Props = { rule: FormRule | null | undefined; isManager: boolean; onClose: () => void };

/** A rule's card, or the form of a new one; `undefined` is a rule that is not there. */
export function RuleDrawer({ rule, isManager, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <SideDrawer title={rule ? rule.name : t('fields.rules.add')} size={680} onClose={onClose}>
      {rule === undefined ? (
        <EmptyState title={t('fields.rules.gone')} />
      ) : (
        <div className={classes.card}>
          <RuleForm rule={rule} isOpen={isManager} onClose={onClose} />
          {rule && isManager && <RemoveRule rule={rule} onRemoved={onClose} />}
        </div>
      )}
    </SideDrawer>
  );
}

const ALWAYS: Condition = { all: [] };
const NO_ERRORS: FieldProblem[] = [];

function RuleForm({ rule, isOpen, onClose }: { rule: FormRule | null; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const [told, setTold] = useState(NO_ERRORS);
  const save = useSaveRule(rule);
  const fields = useFields({
    name: rule?.name ?? '',
    isActive: rule?.isActive ?? true,
    when: rule?.when ?? ALWAYS,
    effects: rule?.effects ?? ([{ field: '', effect: 'require' }] as Effect[]),
  });
  const { values, set } = fields;
  const submit = () => {
    setProblem(null);
    setTold(NO_ERRORS);
    save.mutate(values, {
      onSuccess: () => {
        notifyDone(t('ui.saved'));
        onClose();
      },
      onError: (error) => {
        fields.applyProblem(error);
        const places = error instanceof ApiProblem ? error.errors : NO_ERRORS;
        setTold(places);
        if (places.length === 0) setProblem(error);
      },
    });
  };
  return (
    <CardForm
      problem={problem}
      submit={rule ? t('ui.save') : t('fields.create')}
      isBusy={save.isPending}
      isDisabled={!isOpen}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('fields.rules.name')}
        required
        maxLength={200}
        disabled={!isOpen}
        data-autofocus={!rule || undefined}
        {...fields.text('name')}
      />
      <div>
        <div className={classes.legend}>{t('fields.rules.whenTitle')}</div>
        <TicketConditionBuilder
          value={values.when}
          problems={conditionProblemsOf(told, '/when')}
          isDisabled={!isOpen}
          onChange={(when) => set('when', when)}
        />
      </div>
      <EffectsEditor
        effects={values.effects}
        isOpen={isOpen}
        errorOf={(pointer) =>
          told.find((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/values/`))?.message
        }
        onChange={(effects) => set('effects', effects)}
      />
      <Switch
        label={t('fields.rules.isActive')}
        disabled={!isOpen}
        checked={values.isActive}
        onChange={(event) => set('isActive', event.currentTarget.checked)}
      />
    </CardForm>
  );
}

function RemoveRule({ rule, onRemoved }: { rule: FormRule; onRemoved: () => void }) {
  const { t } = useTranslation();
  return (
    <Deeds>
      <RemoveButton
        variant="default"
        leftSection={<IconTrash size={15} />}
        label={t('fields.rules.remove')}
        title={t('fields.rules.removeAsk', { name: rule.name })}
        hint={t('fields.rules.removeHint')}
        remove={useDeleteRule(rule.id)}
        onDone={onRemoved}
      />
    </Deeds>
  );
}
