import { Button, Group, SegmentedControl } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CustomFacts } from './custom-facts';
import classes from './clients.module.css';
import { contactQuery, patchContact, type Contact, type ContactPatch } from './contacts.queries';
import { Fact, TextFact } from './facts';
import factClasses from './facts.module.css';
import { TextList } from './text-list';
import { useRecord, type Save } from './use-record';

type TextField = 'name' | 'position' | 'telegram' | 'comment';

function wordsOf(contact: Contact, field: string): string {
  const value = (contact as unknown as Record<string, unknown>)[field];
  if (!Array.isArray(value)) return value === null || value === undefined ? '' : String(value);
  return value
    .map((row: string | { email?: string; raw?: string }) => (typeof row === 'string' ? row : (row.email ?? row.raw)))
    .join(', ');
}

/** What is known of a person, each thing written where it stands. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { save, isSaving, dialog } = useRecord<Contact, ContactPatch>({
    record: contact,
    queryKey: contactQuery(contact.id).queryKey,
    listKey: ['contacts', 'list'],
    send: patchContact,
    wordsOf,
  });
  const isOpen = contact.can.manage && !contact.archivedAt;
  const text = (field: TextField, label: string = field) => (
    <TextFact
      label={t(`clients.field.${label}`)}
      value={contact[field] ?? ''}
      isOpen={isOpen}
      isLong={field === 'comment'}
      onSave={(value, handlers) => save({ [field]: value || null } as ContactPatch, handlers)}
    />
  );
  return (
    <section className={classes.section} aria-label={t('clients.facts')} aria-busy={isSaving}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{t('clients.facts')}</h2>
      </div>
      <dl className={factClasses.facts}>
        {text('name', 'personName')}
        {text('position')}
        {contact.contactsHidden ? (
          <Fact label={t('clients.field.emails')}>
            <span className={classes.dim}>{t('clients.contactsHidden')}</span>
          </Fact>
        ) : (
          <>
            <ListFact
              field="emails"
              value={contact.emails.map(({ email }) => email)}
              scheme="mailto"
              addLabel={t('clients.addEmail')}
              isOpen={isOpen}
              save={save}
            />
            <ListFact
              field="phones"
              value={contact.phones.map(({ raw }) => raw)}
              scheme="tel"
              addLabel={t('clients.addPhone')}
              isOpen={isOpen}
              save={save}
            />
            {text('telegram')}
          </>
        )}
        <Fact label={t('clients.field.locale')}>
          <SegmentedControl
            size="xs"
            aria-label={t('clients.field.locale')}
            disabled={!isOpen}
            data={[
              { value: 'ru', label: t('clients.locale.ru') },
              { value: 'en', label: t('clients.locale.en') },
            ]}
            value={contact.locale}
            onChange={(locale) => save({ locale: locale as Contact['locale'] })}
          />
        </Fact>
        {text('comment')}
        <Fact label={t('clients.field.portal')}>
          {t(
            contact.hasPassword
              ? 'clients.portal.password'
              : contact.emails.length > 0
                ? 'clients.portal.link'
                : 'clients.portal.none',
          )}
        </Fact>
        <Fact label={t('clients.field.createdAt')}>{format.date(contact.createdAt)}</Fact>
        <CustomFacts subject="contact" record={contact} isOpen={isOpen} onSave={save} />
      </dl>
      {dialog}
    </section>
  );
}

type ListProps = {
  field: 'emails' | 'phones';
  value: string[];
  scheme: 'mailto' | 'tel';
  addLabel: string;
  isOpen: boolean;
  save: Save<ContactPatch>;
};

/** Addresses or phones: links to read, a list to write. */
function ListFact({ field, value, scheme, addLabel, isOpen, save }: ListProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string[] | null>(null);
  const [error, setError] = useState<string | undefined>();
  const label = t(`clients.field.${field}`);
  const close = () => {
    setDraft(null);
    setError(undefined);
  };
  const submit = () =>
    save(
      { [field]: (draft ?? []).map((row) => row.trim()).filter(Boolean) },
      { onDone: close, onFieldError: setError },
    );
  if (draft) {
    return (
      <Fact label={label}>
        <TextList
          label={label}
          addLabel={addLabel}
          inputMode={field === 'emails' ? 'email' : 'tel'}
          value={draft}
          error={error}
          onChange={setDraft}
        />
        <Group gap="xs" my={6}>
          <Button onClick={submit}>{t('ui.save')}</Button>
          <Button variant="default" onClick={close}>
            {t('ui.cancel')}
          </Button>
        </Group>
      </Fact>
    );
  }
  return (
    <Fact label={label}>
      {value.map((row, index) => (
        <div key={row}>
          <a className={classes.link} href={`${scheme}:${row}`}>
            {row}
          </a>
          {index === 0 && value.length > 1 && <span className={classes.dim}> {t('clients.main')}</span>}
        </div>
      ))}
      {value.length === 0 && <span className={classes.dim}>{t('clients.none')} </span>}
      {isOpen && (
        <Button
          variant="subtle"
          size="compact-xs"
          mih={24}
          ml={-8}
          aria-label={t('clients.editField', { field: label, value: value.join(', ') })}
          onClick={() => setDraft(value.length > 0 ? value : [''])}
        >
          {t(value.length > 0 ? 'clients.change' : 'clients.add')}
        </Button>
      )}
    </Fact>
  );
}
