import { NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './channels.module.css';
import type { AccountDraft } from './mailbox-draft';

type Props = {
  way: 'imap' | 'smtp';
  draft: AccountDraft;
  errors: Partial<Record<string, ReactNode>>;
  isKept: boolean;
  onChange: (draft: AccountDraft) => void;
};

/** A mail server: where it is, how it is reached and who signs in. */
export function AccountFields({ way, draft, errors, isKept, onChange }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<AccountDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <div className={classes.hostPort}>
        <TextInput
          label={t('channels.field.host')}
          required
          spellCheck={false}
          value={draft.host}
          error={errors[`${way}Host`]}
          onChange={(event) => set({ host: event.currentTarget.value.trim() })}
        />
        <NumberInput
          label={t('channels.field.port')}
          required
          min={1}
          max={65535}
          hideControls
          value={draft.port}
          error={errors[`${way}Port`]}
          onChange={(port) => set({ port: Number(port) })}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label={t('channels.field.user')}
          required
          autoComplete="off"
          spellCheck={false}
          value={draft.user}
          error={errors[`${way}User`]}
          onChange={(event) => set({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('channels.field.password')}
          required={!isKept}
          autoComplete="new-password"
          placeholder={isKept ? t('channels.mailboxes.passwordKept') : undefined}
          value={draft.password}
          error={errors[`${way}Password`]}
          onChange={(event) => set({ password: event.currentTarget.value })}
          visibilityToggleButtonProps={{ 'aria-label': t('channels.mailboxes.showPassword') }}
        />
      </div>
      {way === 'imap' && (
        <TextInput
          label={t('channels.field.folder')}
          spellCheck={false}
          value={draft.folder}
          error={errors.imapFolder}
          onChange={(event) => set({ folder: event.currentTarget.value })}
        />
      )}
      <Switch
        label={t('channels.mailboxes.secure')}
        description={t('channels.mailboxes.secureHint')}
        checked={draft.secure}
        onChange={(event) => set({ secure: event.currentTarget.checked })}
      />
      <Switch
        label={t('channels.mailboxes.anyCertificate')}
        description={t('channels.mailboxes.anyCertificateHint')}
        checked={draft.acceptsAnyCertificate}
        onChange={(event) => set({ acceptsAnyCertificate: event.currentTarget.checked })}
      />
    </>
  );
}
