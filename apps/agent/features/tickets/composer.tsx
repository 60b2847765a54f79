import { ActionIcon, FileButton, Group, Tooltip } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useHotkey } from '@opora/ui/hotkeys';
import { isEmptyHtml, RichText, type RichTextHandle } from '@opora/ui/rich-text';
import { IconPaperclip } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ComposerFiles } from './composer-files';
import { ModeSwitch, SendButtons } from './composer-parts';
import classes from './composer.module.css';
import type { Item } from './conversation.types';
import { addressesClient, countRecipients, named, recipientsInWords } from './recipients';
import { StaleReplyDialog } from './stale-reply-dialog';

import type { Audience, Draft, NewComment, TicketView } from './tickets.types';
import { sideOf, useDraft } from './use-draft';
import { useSending } from './use-sending';
import { useUploads } from './use-uploads';

type Props = { ticket: TicketView; seenCommentId: string | null; onSending: (items: Item[]) => void; onTyping: () => void };

/** An answer to the client or a note for colleagues: two looks that cannot be taken for one another. */
export function Composer({ ticket, seenCommentId, onSending, onTyping }: Props) {
  const { t } = useTranslation();
  const { can } = ticket;
  const usual: Audience = can.replyClient ? 'client' : 'internal';
  const draft = useDraft(String(ticket.number), usual);
  const uploads = useUploads();
  const editor = useRef<RichTextHandle>(null);
  const [isDropping, setDropping] = useState(false);
  const { html } = draft.writing;
  const audience: Audience = draft.writing.audience === 'client' && !can.replyClient ? 'internal' : draft.writing.audience;
  const recipients = countRecipients(ticket);
  const { stored, write } = draft;
  const { restore } = uploads;
  // The files of a draft come back once, with its text.
  const isRestored = useRef(false);
  useEffect(() => {
    if (stored && !isRestored.current) {
      isRestored.current = true;
      restore(stored.files, stored.html);
    }
  }, [stored, restore]);
  const fileIds = uploads.idsFor(html);
  const filesKey = fileIds.join();
  useEffect(() => {
    if (isRestored.current && filesKey !== draft.writing.fileIds.join()) write({ ...draft.writing, fileIds: filesKey ? filesKey.split(',') : [] });
    // Only when the files have changed: the text saves itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [filesKey]);

  const onRestore = (back: Draft) => {
    restore(back.files, back.html);
    write({ html: back.html, audience: sideOf(back.audience), fileIds: back.files.map(({ id }) => id) });
    editor.current?.setHtml(back.html);
    editor.current?.focus();
  };
  const onCleared = () => {
    draft.clear(audience);
    uploads.clear();
    editor.current?.setHtml('');
  };
  const sending = useSending({ ticket, seenCommentId, onSending, onCleared, onRestore });
  const [confirming, setConfirming] = useState<(() => void) | null>(null);

  const isEmpty = isEmptyHtml(html) && fileIds.length === 0;
  const send = (transitionId?: string) => {
    if (isEmpty || uploads.isBusy || sending.isPending) return;
    const comment: NewComment = { html: html || '<p></p>', audience: [audience], fileIds, ...(transitionId ? { transitionId } : {}) };
    if (audience === 'internal' && addressesClient(html, ticket)) setConfirming(() => () => sending.send(comment));
    else sending.send(comment);
  };
  const switchTo = (next: Audience) => {
    write({ html, audience: next, fileIds });
    editor.current?.focus();
  };
  const takeFiles = (files: File[]) => {
    for (const file of files) {
      const isPicture = /^image\/(png|jpe?g|gif|webp)$/.test(file.type);
      void uploads.add(named(file), isPicture).then((stored) => stored && isPicture && editor.current?.insertImage(stored.url, stored.name));
    }
  };
  const group = t('tickets.keys.ticket');
  useHotkey('KeyR', () => switchTo('client'), { label: t('tickets.keys.reply'), group, isOn: can.replyClient });
  useHotkey('KeyN', () => switchTo('internal'), { label: t('tickets.keys.note'), group, isOn: can.commentInternal });
  if (!can.replyClient && !can.commentInternal) return null;

  const onDrop = (event: DragEvent) => {
    setDropping(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    [...event.dataTransfer.files].forEach((file) => void uploads.add(file));
  };
  return (
    <section
      className={classes.composer}
      data-audience={audience}
      data-dropping={isDropping || undefined}
      aria-label={audience === 'client' ? t('tickets.composer.client') : t('tickets.composer.note')}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && (event.preventDefault(), setDropping(true))}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <Group className={classes.head} gap="xs">
        <ModeSwitch audience={audience} can={can} onChange={switchTo} />
        {audience === 'client' && <span className={classes.to}>{recipientsInWords(ticket, recipients, t)}</span>}
        {audience === 'internal' && <span className={classes.to}>{t('tickets.composer.onlyStaff')}</span>}
        <span className={classes.state} role="status">
          {draft.saveState && t(`tickets.composer.${draft.saveState}`)}
        </span>
      </Group>
      {draft.isReady && (
        <RichText
          handle={editor}
          html={html}
          label={audience === 'client' ? t('tickets.composer.client') : t('tickets.composer.note')}
          placeholder={audience === 'client' ? t('tickets.composer.clientHint') : t('tickets.composer.noteHint')}
          minHeight={56}
          maxHeight={280}
          onChange={(next) => {
            write({ html: next, audience, fileIds: uploads.idsFor(next) });
            onTyping();
          }}
          onSubmit={() => send()}
          onFiles={takeFiles}
        />
      )}
      <ComposerFiles uploads={uploads.uploads.filter(({ isInline, error, file }) => !isInline || error || !file)} onRemove={uploads.remove} />
      <Group className={classes.foot} gap="xs" wrap="nowrap">
        <FileButton multiple onChange={(files) => files.forEach((file) => void uploads.add(file))}>
          {(props) => (
            <Tooltip label={t('tickets.composer.attach')}>
              <ActionIcon {...props} aria-label={t('tickets.composer.attach')}>
                <IconPaperclip size={17} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        <span className={classes.grow} />
        <SendButtons audience={audience} recipients={recipients} ticket={ticket} isDisabled={isEmpty || uploads.isBusy} isBusy={sending.isPending} onSend={send} />
      </Group>
      <StaleReplyDialog newer={sending.newer} onEdit={sending.dismiss} onSendAnyway={sending.sendAnyway} />
      <ConfirmDialog
        opened={confirming !== null}
        title={t('tickets.composer.noteToClient')}
        confirm={t('tickets.composer.saveNote')}
        onClose={() => setConfirming(null)}
        onConfirm={() => {
          confirming?.();
          setConfirming(null);
        }}
      >
        {t('tickets.composer.noteToClientWhy')}
      </ConfirmDialog>
    </section>
  );
}
