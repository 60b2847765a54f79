import { ActionIcon, Button, FileButton, Group, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import { useMe } from '@/api';
import { ApiProblem } from '@opora/client';
import { useHotkey } from '@opora/ui/hotkeys';
import { isEmptyHtml, RichText, type RichTextHandle } from '@opora/ui/rich-text';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyProblem, notifyUndo } from '@opora/ui/theme';
import { IconChevronDown, IconLock, IconPaperclip, IconSend } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ComposerFiles } from './composer-files';
import classes from './composer.module.css';
import type { CommentView, Item } from './conversation.types';
import { StaleReplyDialog } from './stale-reply-dialog';
import { useSendComment, useUndoComment, type NewComment } from './timeline.queries';
import type { Audience, TicketView } from './tickets.types';
import { useDraft } from './use-draft';
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
  const restore = (writing: { html: string; audience: Audience }) => {
    draft.write(writing);
    editor.current?.setHtml(writing.html);
    editor.current?.focus();
  };
  const sending = useSending({ ticket, seenCommentId, onSending, onCleared: () => (draft.clear(audience), uploads.clear(), editor.current?.setHtml('')), onRestore: restore });
  const [confirming, setConfirming] = useState<(() => void) | null>(null);

  const isEmpty = isEmptyHtml(html) && uploads.fileIds.length === 0;
  const send = (transitionId?: string) => {
    if (isEmpty || uploads.isBusy || sending.isPending) return;
    const comment: NewComment = { html: html || '<p></p>', audience: [audience], fileIds: uploads.fileIds, ...(transitionId ? { transitionId } : {}) };
    if (audience === 'internal' && addressesClient(html, ticket)) setConfirming(() => () => sending.send(comment));
    else sending.send(comment);
  };
  const switchTo = (next: Audience) => {
    draft.write({ html, audience: next });
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
        {audience === 'client' && <span className={classes.to}>{toWords(ticket, recipients, t)}</span>}
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
            draft.write({ html: next, audience });
            onTyping();
          }}
          onSubmit={() => send()}
          onFiles={takeFiles}
        />
      )}
      <ComposerFiles uploads={uploads.uploads.filter(({ isInline, error, file }) => !isInline || error || !file)} onRemove={uploads.remove} />
      <Group className={classes.foot} gap="xs">
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

function ModeSwitch({ audience, can, onChange }: { audience: Audience; can: TicketView['can']; onChange: (audience: Audience) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('tickets.composer.mode')}
      value={audience}
      onChange={(value) => onChange(value as Audience)}
      data={[
        { value: 'client', disabled: !can.replyClient, label: <Label Icon={IconSend} text={t('tickets.composer.client')} /> },
        { value: 'internal', disabled: !can.commentInternal, label: <Label Icon={IconLock} text={t('tickets.composer.note')} /> },
      ]}
    />
  );
}

function Label({ Icon, text }: { Icon: typeof IconSend; text: string }) {
  return (
    <span className={classes.modeLabel}>
      <Icon size={13} aria-hidden />
      {text}
    </span>
  );
}

type SendProps = { audience: Audience; recipients: number; ticket: TicketView; isDisabled: boolean; isBusy: boolean; onSend: (transitionId?: string) => void };

function SendButtons({ audience, recipients, ticket, isDisabled, isBusy, onSend }: SendProps) {
  const { t } = useTranslation();
  const isForClient = audience === 'client';
  const text = isForClient ? t('tickets.composer.send', { count: recipients }) : t('tickets.composer.saveNote');
  const Sign = isForClient ? IconSend : IconLock;
  const open = ticket.transitions.filter(({ blockedBy, requiresComment }) => blockedBy.length === 0 || requiresComment);
  return (
    <Group gap={1} wrap="nowrap">
      <Button className={classes.send} data-audience={audience} leftSection={<Sign size={15} />} disabled={isDisabled} loading={isBusy} onClick={() => onSend()} data-joined={open.length > 0 || undefined}>
        {text}
      </Button>
      {open.length > 0 && (
        <Menu position="top-end">
          <Menu.Target>
            <Button className={classes.send} data-audience={audience} data-more px={6} disabled={isDisabled || isBusy} aria-label={t('tickets.composer.sendAnd')}>
              <IconChevronDown size={15} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('tickets.composer.sendAnd')}</Menu.Label>
            {open.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => onSend(id)}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}

type Sending = {
  ticket: TicketView;
  seenCommentId: string | null;
  onSending: (items: Item[]) => void;
  onCleared: () => void;
  onRestore: (draft: { html: string; audience: Audience }) => void;
};

/** Sends, echoes at once, offers the way back while the server still holds the message, stops when the conversation has moved on. */
function useSending({ ticket, seenCommentId, onSending, onCleared, onRestore }: Sending) {
  const { t } = useTranslation();
  const me = useMe();
  const number = String(ticket.number);
  const post = useSendComment(number);
  const undo = useUndoComment(number);
  const [stale, setStale] = useState<{ comment: NewComment; newer: CommentView[] } | null>(null);

  const offerUndo = (sent: CommentView) => {
    const ms = sent.undoUntil ? Date.parse(sent.undoUntil) - Date.now() : 0;
    if (ms < 500) return;
    const takeBack = () =>
      undo.mutate(sent.id, {
        onSuccess: (draft) => onRestore({ html: draft.html, audience: draft.audience.includes('client') ? 'client' : 'internal' }),
        onError: (error) => notifyProblem(t('tickets.composer.undoLate'), error),
      });
    notifyUndo({ message: t('tickets.composer.sent'), action: t('tickets.composer.undo'), onAction: takeBack, ms });
  };
  const send = (comment: NewComment) => {
    onSending([echo(comment, me)]);
    post.mutate(
      { ...comment, ...(comment.audience.includes('client') ? { lastSeenCommentId: seenCommentId } : {}) },
      {
        onSuccess: (sent) => {
          onCleared();
          if (comment.audience.includes('client')) offerUndo(sent);
        },
        onError: (error) => {
          const newer = error instanceof ApiProblem && error.code === 'tickets.staleReply' ? error.members.newer : null;
          if (Array.isArray(newer)) setStale({ comment, newer: newer as CommentView[] });
          else notifyProblem(t('tickets.composer.sendFailed'), error);
        },
        onSettled: () => onSending([]),
      },
    );
  };
  return {
    send,
    isPending: post.isPending,
    newer: stale?.newer ?? null,
    dismiss: () => setStale(null),
    sendAnyway: () => {
      if (stale) send({ ...stale.comment, sendAnyway: true });
      setStale(null);
    },
  };
}

function echo(comment: NewComment, me: { id: string; name: string }): Item {
  const at = new Date().toISOString();
  const author = { kind: 'employee', id: me.id, name: me.name };
  const view: CommentView = { id: 'sending', audience: comment.audience, author, html: comment.html, kind: 'comment', source: 'agent', createdAt: at, undoUntil: null, files: [] };
  return { kind: 'comment', id: 'sending', at, comment: view, isSending: true };
}

/** Who gets a public answer by mail: the contact and the contacts who observe. */
export function countRecipients({ contact, observers }: Pick<TicketView, 'contact' | 'observers'>): number {
  const ids = observers.filter(({ kind }) => kind === 'contact').map(({ id }) => id);
  return new Set(contact ? [contact.id, ...ids] : ids).size;
}

function toWords(ticket: TicketView, recipients: number, t: TFunction): string {
  if (recipients === 0) return t('tickets.composer.nobody');
  const name = ticket.contact?.name ?? ticket.observers.find(({ kind }) => kind === 'contact')?.name ?? '';
  return recipients === 1 ? name : t('tickets.composer.andOthers', { name, count: recipients - 1 });
}

/** A note that names the client's own mail domain is perhaps an answer in the wrong mode. */
function addressesClient(html: string, { contact }: TicketView): boolean {
  const domains = (contact?.emails ?? []).map((email) => email.split('@')[1]?.toLowerCase()).filter(Boolean);
  return domains.some((domain) => html.toLowerCase().includes(`@${domain}`));
}

/** Every pasted screenshot is called image.png; the time tells them apart. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const stamp = new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-');
  return new File([file], `screenshot-${stamp}.${file.name.split('.').pop()}`, { type: file.type });
}
