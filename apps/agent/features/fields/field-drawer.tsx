import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { pickReference } from '@/pickers/reference-picker';
import { Alert, Select, Switch, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { CustomFieldInput, FIELD_TYPES, type FieldType } from '@opora/ui/fields';
import { useFields, type Fields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ArchiveField } from './archive-field';
import { FieldConfig } from './field-config';
import { codeFrom, draftOf, inputOf, previewOf, type FieldDraft } from './field-draft';
import classes from './fields.module.css';
import { useSaveField, type CustomField, type Subject } from './fields.queries';
import { OptionsEditor } from './options-editor';
import { useLocal } from './use-local';

type Props = {
  subject: Subject;
  field: CustomField | null | undefined;
  codes: string[];
  isManager: boolean;
  onClose: () => void;
};

/** A field's card, or the form of a new one; `undefined` is a field that is not there. */
export function FieldDrawer({ field, ...rest }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <SideDrawer title={field ? local(field.name) : t('fields.add')} size={600} onClose={rest.onClose}>
      {field === undefined ? (
        <EmptyState title={t('fields.gone')} />
      ) : (
        <div className={classes.card}>
          {field?.archivedAt && <Alert color="gray">{t('fields.isArchived')}</Alert>}
          <FieldForm {...rest} field={field} isOpen={rest.isManager && !field?.archivedAt} />
          {field && rest.isManager && <ArchiveField field={field} />}
        </div>
      )}
    </SideDrawer>
  );
}

type FormProps = Omit<Props, 'field' | 'isManager'> & { field: CustomField | null; isOpen: boolean };

function FieldForm({ subject, field, codes, isOpen, onClose }: FormProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const [told, setTold] = useState<{ pointer: string; message: string }[]>([]);
  const save = useSaveField(field);
  const fields = useFields(draftOf(field, subject));
  const { values, set } = fields;
  const errorOf = (pointer: string) => told.find((each) => each.pointer === pointer)?.message;
  const submit = () => {
    setProblem(null);
    setTold([]);
    save.mutate(inputOf(values), {
      onSuccess: () => {
        notifyDone(t('ui.saved'));
        onClose();
      },
      onError: (error) => {
        const isPlaced = fields.applyProblem(flatProblem(error));
        setTold(error instanceof ApiProblem ? error.errors : []);
        if (!isPlaced) setProblem(error);
      },
    });
  };
  return (
    <CardForm
      problem={problem}
      submit={field ? t('ui.save') : t('fields.create')}
      isBusy={save.isPending}
      isDisabled={!isOpen}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Names fields={fields} isNew={!field} isOpen={isOpen} codes={codes} />
      <div className={classes.pair}>
        <Select
          label={t('fields.field.type')}
          allowDeselect={false}
          disabled={!isOpen}
          data={FIELD_TYPES.map((type) => ({ value: type, label: t(`fields.type.${type}`) }))}
          {...fields.pick('type')}
          onChange={(type) => type && set('type', type as FieldType)}
        />
        <TextInput
          label={t('fields.field.code')}
          description={t(field ? 'fields.codeKept' : 'fields.codeHint')}
          required={!field}
          disabled={!isOpen}
          readOnly={!!field}
          variant={field ? 'filled' : 'default'}
          maxLength={40}
          spellCheck={false}
          {...fields.text('code')}
        />
      </div>
      {(values.type === 'select' || values.type === 'multiselect') && (
        <OptionsEditor
          options={values.options}
          kept={field?.options.map(({ value }) => value) ?? []}
          errorOf={errorOf}
          isOpen={isOpen}
          onChange={(options) => set('options', options)}
        />
      )}
      <FieldConfig
        fields={fields}
        isOpen={isOpen}
        codes={codes.filter((code) => code !== values.code)}
        errorOf={errorOf}
      />
      {subject === 'ticket' && <ClientSwitches fields={fields} isOpen={isOpen} />}
      <Preview key={values.type} draft={values} />
    </CardForm>
  );
}

function Names({
  fields,
  isNew,
  isOpen,
  codes,
}: {
  fields: Fields<FieldDraft>;
  isNew: boolean;
  isOpen: boolean;
  codes: string[];
}) {
  const { t } = useTranslation();
  const { values, set } = fields;
  // The code follows the name until somebody writes one.
  const follow = (nameRu: string) => {
    if (isNew && (values.code === '' || values.code === codeFrom(values.nameRu, codes)))
      set('code', codeFrom(nameRu, codes));
    set('nameRu', nameRu);
  };
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label={t('fields.field.nameRu')}
          required
          maxLength={100}
          disabled={!isOpen}
          data-autofocus={isNew || undefined}
          {...fields.text('nameRu')}
          onChange={(event) => follow(event.currentTarget.value)}
        />
        <TextInput
          label={t('fields.field.nameEn')}
          placeholder={values.nameRu}
          maxLength={100}
          disabled={!isOpen}
          {...fields.text('nameEn')}
        />
      </div>
      <div className={classes.pair}>
        <TextInput label={t('fields.field.hintRu')} maxLength={300} disabled={!isOpen} {...fields.text('hintRu')} />
        <TextInput label={t('fields.field.hintEn')} maxLength={300} disabled={!isOpen} {...fields.text('hintEn')} />
      </div>
    </>
  );
}

function ClientSwitches({ fields: { values, set }, isOpen }: { fields: Fields<FieldDraft>; isOpen: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('fields.field.isClientVisible')}
        description={t('fields.clientVisibleHint')}
        disabled={!isOpen}
        checked={values.isClientVisible}
        onChange={(event) => set('isClientVisible', event.currentTarget.checked)}
      />
      <Switch
        label={t('fields.field.isClientEditable')}
        disabled={!isOpen || !values.isClientVisible || values.type === 'formula'}
        checked={values.isClientEditable && values.isClientVisible && values.type !== 'formula'}
        onChange={(event) => set('isClientEditable', event.currentTarget.checked)}
      />
    </>
  );
}

/** The field as everybody will meet it. */
function Preview({ draft }: { draft: FieldDraft }) {
  const { t, i18n } = useTranslation();
  const [value, setValue] = useState<unknown>(null);
  return (
    <div className={classes.preview}>
      <div className={classes.previewTitle}>{t('fields.preview')}</div>
      <CustomFieldInput
        definition={previewOf(draft, i18n.language)}
        value={value}
        pickReference={pickReference}
        onChange={setValue}
      />
    </div>
  );
}
