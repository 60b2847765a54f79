import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { ActionIcon, Button, FileButton, Group, Progress } from '@mantine/core';
import { IconCamera, IconFile, IconPaperclip, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import type { Upload, useUploads } from './use-uploads';
import classes from './file-picker.module.css';

type Props = { files: ReturnType<typeof useUploads>; children?: ReactNode };

/** Buttons that add files and photos, and the list of what was added. Files may also be dropped or pasted onto it. */
export function FilePicker({ files, children }: Props) {
  const { t } = useTranslation();
  const reset = useRef<() => void>(null);
  const choose = (chosen: File[]) => {
    files.add(chosen);
    reset.current?.();
  };
  return (
    <div className={classes.picker}>
      <Group gap="xs">
        <FileButton multiple onChange={choose} resetRef={reset}>
          {(button) => (
            <Button {...button} variant="default" leftSection={<IconPaperclip size={18} aria-hidden />}>
              {t('tickets.addFiles')}
            </Button>
          )}
        </FileButton>
        {hasCamera() && (
          <FileButton onChange={(photo) => photo && choose([photo])} accept="image/*" capture="environment">
            {(button) => (
              <Button {...button} variant="default" leftSection={<IconCamera size={18} aria-hidden />}>
                {t('tickets.takePhoto')}
              </Button>
            )}
          </FileButton>
        )}
        {children}
      </Group>
      {files.uploads.length > 0 && (
        <ul className={classes.files} aria-label={t('tickets.files')}>
          {files.uploads.map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              onRemove={() => files.remove(upload.key)}
              onRetry={() => files.retry(upload)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function UploadRow({ upload, onRemove, onRetry }: { upload: Upload; onRemove: () => void; onRetry: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, state, percent, reason } = upload;
  return (
    <li className={classes.file}>
      <IconFile size={18} aria-hidden />
      <span className={classes.name}>{file.name}</span>
      <span className={classes.size}>{format.bytes(file.size)}</span>
      {state === 'uploading' && (
        <Progress
          className={classes.progress}
          value={percent}
          aria-label={t('tickets.uploading', { name: file.name, percent })}
        />
      )}
      {state === 'failed' && (
        <span className={classes.failed} role="alert">
          {t('tickets.uploadFailed', { reason })}
        </span>
      )}
      {state === 'failed' && (
        <ActionIcon variant="subtle" aria-label={t('tickets.uploadRetry')} onClick={onRetry}>
          <IconRefresh size={18} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('tickets.removeFile', { name: file.name })}
        onClick={onRemove}
      >
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** An area that takes dropped files and pasted screenshots for the picker inside it. */
export function DropArea({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      data-label={t('tickets.dropFiles')}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={({ clipboardData }) => clipboardData.files.length > 0 && onFiles([...clipboardData.files])}
    >
      {children}
    </div>
  );
}

const hasCamera = () => window.matchMedia('(pointer: coarse)').matches;
