import { useTicketSlots } from '@/slots/ticket-slots';
import { ActionIcon, FileButton, Group, Tooltip } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useHotkey } from '@opora/ui/hotkeys';
import { RichText, type SlashTyped } from '@opora/ui/rich-text';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ComposerFiles } from './composer-files';
import { ModeSwitch, SendButtons } from './composer-parts';
import classes from './composer.module.css';
import type { Item } from './conversation.types';
import { addressesClient, countRecipients, recipientsInWords } from './recipients';
import { StaleReplyDialog } from './stale-reply-dialog';
import type { Audience, TicketView } from './tickets.types';
import { useComposer } from './use-composer';

type Props = {
  ticket: TicketView;
  seenCommentId: string | null;
  onSending: (items: Item[]) => void;
  onTyping: () => void;
};

/** An answer to the client or a note for colleagues: two looks that cannot be taken for one another. */
export function Composer({ ticket, seenCommentId, onSending, onTyping }: Props) {
  const { t } = useTranslation();
  const { can } = ticket;
  const composer = useComposer({ ticket, seenCommentId, onSending });
  const { audience, sending, uploads } = composer;
  const { composer: tools } = useTicketSlots();
  const [typed, setTyped] = useState<SlashTyped | null>(null);
  const keys = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const [confirming, setConfirming] = useState<(() => void) | null>(null);
  const send = (transitionId?: string) => {
    if (!composer.isSendable) return;
    const comment = composer.comment(transitionId);
    if (audience === 'internal' && addressesClient(composer.html, ticket))
      setConfirming(() => () => void sending.send(comment));
    else void sending.send(comment);
  };
  const group = t('tickets.keys.ticket');
  useHotkey('KeyR', () => composer.switchTo('client'), {
    label: t('tickets.keys.reply'),
    group,
    isOn: can.replyClient,
  });
  useHotkey('KeyN', () => composer.switchTo('internal'), {
    label: t('tickets.keys.note'),
    group,
    isOn: can.commentInternal,
  });
  if (!can.replyClient && !can.commentInternal) return null;
  const name = audience === 'client' ? t('tickets.composer.client') : t('tickets.composer.note');
  return (
    <DropArea audience={audience} name={name} onFiles={(files) => files.forEach((file) => void uploads.add(file))}>
      <Group className={classes.head} gap="xs">
        <ModeSwitch audience={audience} can={can} onChange={composer.switchTo} />
        <span className={classes.to}>
          {audience === 'client'
            ? recipientsInWords(ticket, countRecipients(ticket), t)
            : t('tickets.composer.onlyStaff')}
        </span>
        <span className={classes.state} role="status">
          {composer.draft.saveState && t(`tickets.composer.${composer.draft.saveState}`)}
        </span>
      </Group>
      {composer.draft.isReady && (
        <RichText
          handle={composer.editor}
          html={composer.html}
          label={name}
          placeholder={audience === 'client' ? t('tickets.composer.clientHint') : t('tickets.composer.noteHint')}
          minHeight={56}
          maxHeight={280}
          onChange={(next) => {
            composer.type(next);
            onTyping();
          }}
          onSubmit={() => send()}
          onFiles={composer.takeFiles}
          {...(tools.length > 0
            ? { onSlash: setTyped, onSlashKey: (event: KeyboardEvent) => keys.current?.(event) ?? false }
            : {})}
        />
      )}
      <ComposerFiles
        uploads={uploads.uploads.filter(({ isInline, error, file }) => !isInline || error || !file)}
        onRemove={uploads.remove}
      />
      <Group className={classes.foot} gap="xs" wrap="nowrap">
        <AttachButton onFiles={(files) => files.forEach((file) => void uploads.add(file))} />
        {tools.map(({ key, Tool }) => (
          <Tool
            key={key}
            ticket={ticket}
            typed={typed}
            keys={keys}
            begin={() => composer.editor.current?.beginSlash()}
            insert={(html) => composer.editor.current?.replaceSlash(html)}
          />
        ))}
        <span className={classes.grow} />
        <SendButtons
          audience={audience}
          recipients={countRecipients(ticket)}
          ticket={ticket}
          isDisabled={!composer.isSendable}
          isBusy={sending.isPending}
          onSend={send}
        />
      </Group>
      <StaleReplyDialog newer={sending.newer} onEdit={sending.dismiss} onSendAnyway={sending.sendAnyway} />
      <NoteToClientDialog onClose={() => setConfirming(null)} onSave={confirming} />
    </DropArea>
  );
}

function DropArea({
  audience,
  name,
  onFiles,
  children,
}: {
  audience: Audience;
  name: string;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}) {
  const [isDropping, setDropping] = useState(false);
  const onDrop = (event: DragEvent) => {
    setDropping(false);
    if (event.dataTransfer.files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <section
      className={classes.composer}
      data-audience={audience}
      data-dropping={isDropping || undefined}
      aria-label={name}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && (event.preventDefault(), setDropping(true))}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      {children}
    </section>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  return (
    <FileButton multiple onChange={onFiles}>
      {(props) => (
        <Tooltip label={t('tickets.composer.attach')}>
          <ActionIcon {...props} aria-label={t('tickets.composer.attach')}>
            <IconPaperclip size={17} />
          </ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  );
}

function NoteToClientDialog({ onSave, onClose }: { onSave: (() => void) | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = () => {
    onSave?.();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={onSave !== null}
      title={t('tickets.composer.noteToClient')}
      confirm={t('tickets.composer.saveNote')}
      onClose={onClose}
      onConfirm={save}
    >
      {t('tickets.composer.noteToClientWhy')}
    </ConfirmDialog>
  );
}
